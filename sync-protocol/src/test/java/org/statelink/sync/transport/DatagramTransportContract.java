/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every transport of datagrams has to do beside what all have to. Needs root. */
public abstract class DatagramTransportContract extends TransportContract {
    private static final int OVERHEAD = 28;

    @Override
    protected final int overhead() {
        return OVERHEAD;
    }

    @Test
    void shouldCarryAPacketThatIsFragmented() {
        SyncLink linkA = open(node(1), 1);
        open(node(2), 2);

        node(1).send(linkA, 5000, 4);

        LiveNode.await(() -> node(2).received().size() == 1);
        assertThat(node(2).received().getFirst()).hasSize(5000).containsOnly(4);
    }

    @Test
    void shouldKeepPacketsApart() {
        SyncLink linkA = open(node(1), 1);
        open(node(2), 2);

        node(1).call(() -> {
            for (int packet = 0; packet < 100; packet++) {
                node(1).send(linkA, 1 + packet, packet);
            }
            return null;
        });

        LiveNode.await(() -> node(2).received().size() == 100);
        for (int packet = 0; packet < 100; packet++) {
            assertThat(node(2).received().get(packet)).hasSize(1 + packet).containsOnly(packet);
        }
    }

    @Test
    void shouldCountFailedSendsAndRecover() {
        SyncLink linkA = open(node(1), 1);
        open(node(2), 2);

        node(1).send(linkA, 65_530, 1);
        node(1).send(linkA, 10, 2);

        LiveNode.await(() -> node(2).received().size() == 1);
        assertThat(node(1).call(() -> linkA.counters().sendErrors())).isEqualTo(1);
        assertThat(node(1).call(() -> linkA.counters().packetsSent())).isEqualTo(1);
    }

    @Test
    void shouldReachAPeerThatStartsLater() {
        SyncLink linkA = open(node(1), 1);
        for (int packet = 0; packet < 10; packet++) {
            node(1).send(linkA, 10, packet);
        }
        open(node(2), 2);

        node(1).send(linkA, 10, 10);

        LiveNode.await(() -> !node(2).received().isEmpty());
        assertThat(node(2).receivedBytes()).hasSize(10).containsOnly(10);
        assertThat(node(1).call(() -> linkA.counters().sendErrors())).as("refusals are no errors").isZero();
    }
}
