/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.statelink.server.kernel.Flows;

class FlowQueueTest {
    @Test
    void shouldRefuseWhatIsBeyondItsLength() {
        FlowQueue queue = new FlowQueue(3);
        for (int port = 1; port <= 3; port++) {
            assertThat(queue.add(Flows.tcp(port), EndReason.CLOSED, port)).isTrue();
        }
        assertThat(queue.add(Flows.tcp(4), EndReason.CLOSED, 4)).isFalse();
        assertThat(queue.size()).isEqualTo(3);
        queue.remove();
        assertThat(queue.add(Flows.tcp(5), EndReason.FLUSHED, 5)).isTrue();

        assertThat(take(queue)).isEqualTo(2);
        assertThat(take(queue)).isEqualTo(3);
        assertThat(queue.peek().reason()).isEqualTo(EndReason.FLUSHED);
        assertThat(queue.peek().endedMillis()).isEqualTo(5);
        assertThat(take(queue)).isEqualTo(5);
        assertThat(queue.peek()).isNull();
    }

    private static int take(FlowQueue queue) {
        int port = queue.peek().flow().original().sourcePort();
        queue.remove();
        return port;
    }

    @Test
    void shouldHandOverInOrderBetweenTwoThreads() throws InterruptedException {
        int flows = 200_000;
        FlowQueue queue = new FlowQueue(64);
        Thread adder = new Thread(() -> {
            for (int i = 0; i < flows; i++) {
                while (!queue.add(Flows.tcp(i & 0xffff), EndReason.EXPIRED, i)) {
                    Thread.onSpinWait();
                }
            }
        });
        adder.start();
        for (int i = 0; i < flows; i++) {
            while (queue.peek() == null) {
                Thread.onSpinWait();
            }
            assertThat(queue.peek().endedMillis()).isEqualTo(i);
            assertThat(take(queue)).isEqualTo(i & 0xffff);
        }
        adder.join();
        assertThat(queue.size()).isZero();
    }
}
