/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.statelink.sync.transport.LiveNode;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncTransportProvider;
import org.statelink.sync.transport.TransportContract;

/** What TCP has to do beside what all transports have to. */
abstract class TcpTransportContract extends TransportContract {
    private static final int OVERHEAD = 40;

    @Override
    protected final SyncTransportProvider provider() {
        return new TcpTransportProvider();
    }

    @Override
    protected final int overhead() {
        return OVERHEAD;
    }

    @Test
    void shouldTellWhetherThePeerIsConnected() {
        SyncLink linkA = open(node(1), 1);
        assertThat(node(1).call(linkA::isInputConnected)).isFalse();
        assertThat(node(1).call(linkA::isOutputConnected)).isFalse();

        SyncLink linkB = open(node(2), 2);
        awaitConnected(linkA, 1);
        awaitConnected(linkB, 2);
        node(2).call(() -> {
            linkB.close();
            return null;
        });

        LiveNode.await(() -> !node(1).call(linkA::isInputConnected) && !node(1).call(linkA::isOutputConnected));
    }

    @Test
    void shouldDeliverInOrderWhatWasSentBeforeThePeerWasThere() {
        SyncLink linkA = open(node(1), 1);
        for (int packet = 0; packet < 100; packet++) {
            node(1).send(linkA, 50, packet);
        }
        assertThat(node(1).call(linkA::queueLength)).isEqualTo(100);
        assertThat(node(1).call(linkA::isWritable)).as("asks to wait").isFalse();

        open(node(2), 2);

        assertReceivedInOrder(100);
        assertThat(node(1).call(linkA::isWritable)).isTrue();
        assertThat(node(1).call(() -> linkA.counters().packetsSent())).isEqualTo(100);
        assertThat(node(1).call(linkA::queueDrops)).isZero();
    }

    @Test
    void shouldConnectAgainWhenThePeerIsRestarted() {
        SyncLink linkA = open(node(1), 1);
        SyncLink first = open(node(2), 2);
        awaitConnected(linkA, 1);
        node(2).call(() -> {
            first.close();
            return null;
        });
        LiveNode.await(() -> !node(1).call(linkA::isOutputConnected));
        for (int packet = 0; packet < 10; packet++) {
            node(1).send(linkA, 50, packet);
        }

        SyncLink second = open(node(2), 2);

        assertReceivedInOrder(10);
        awaitConnected(linkA, 1);
        awaitConnected(second, 2);
    }

    private void awaitConnected(SyncLink link, int number) {
        LiveNode.await(() -> node(number).call(link::isInputConnected) && node(number).call(link::isOutputConnected));
    }

    private void assertReceivedInOrder(int packets) {
        LiveNode.await(() -> node(2).receivedBytes().length == packets * 50);
        byte[] received = node(2).receivedBytes();
        for (int at = 0; at < received.length; at++) {
            assertThat(received[at]).isEqualTo((byte) (at / 50));
        }
    }
}
