/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncHeader;

final class SyncSessionTest {
    private static final int MESSAGE_LENGTH = 8 + 12 + 8 + 8 + 8 + 8 + 8;
    private static final SessionOptions OPTIONS = new SessionOptions(300, 131_072, 1000, 5, 60);

    private final TestNetwork network = new TestNetwork(1);

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void shouldFillPacketsToOneByteBelowTheLimit() {
        TestNode node = started(OPTIONS);
        for (int number = 1; number <= 100; number++) {
            node.flows.create(number, 1);
        }

        node.session.transmit();

        List<byte[]> packets = node.sent();
        int perPacket = (TestNode.MTU - 28 - 1) / MESSAGE_LENGTH;
        assertThat(packets).hasSize((100 + perPacket - 1) / perPacket);
        assertThat(packets.getFirst()).hasSize(perPacket * MESSAGE_LENGTH);
        assertThat(node.link.counters().packetsSent()).isEqualTo(packets.size());
        assertThat(node.link.counters().bytesSent()).isEqualTo(100L * MESSAGE_LENGTH);
        assertThat(sequences(packets)).hasSize(100).isSorted().startsWith(1000).endsWith(1099);
    }

    @Test
    void shouldSendAnObjectOnceHoweverOftenItIsQueued() {
        TestNode node = started(OPTIONS);
        node.flows.create(1, 1);
        node.flows.update(1, 2);
        node.flows.update(1, 3);

        node.session.transmit();

        assertThat(types(node.sent())).containsExactly(MessageType.CT_UPDATE);
        assertThat(node.session.transmitQueueLength()).isZero();
        assertThat(node.session.resendQueueLength()).isEqualTo(1);
    }

    @Test
    void shouldMoveAnObjectFromTheResendQueue() {
        TestNode node = started(OPTIONS);
        node.flows.create(1, 1);
        node.session.transmit();
        node.flows.update(1, 2);

        assertThat(node.session.resendQueueLength()).isZero();
        node.session.transmit();

        assertThat(node.session.resendQueueLength()).isEqualTo(1);
        assertThat(node.flows.released).isEmpty();
    }

    @Test
    void shouldWaitWhileNoLinkIsUp() {
        TestNode node = started(OPTIONS);
        node.link.setUp(false);
        node.flows.create(1, 1);
        node.flows.create(2, 1);
        node.session.transmit();
        node.flows.update(1, 2);
        node.session.transmit();
        network.ticker.advanceMillis(5000);
        node.runTimers();

        assertThat(node.sent()).isEmpty();
        assertThat(node.session.transmitQueueLength()).as("two objects and a sign of life").isEqualTo(3);

        node.link.setUp(true);
        node.runTimers();

        assertThat(types(node.sent()))
            .containsExactly(MessageType.CONTROL, MessageType.CT_UPDATE, MessageType.CT_NEW);
        assertThat(node.session.transmitQueueLength()).isZero();
    }

    @Test
    void shouldNotWaitForALinkWithMoreThanTheResendQueueHolds() {
        TestNode node = started(new SessionOptions(300, 10, 1000, 5, 60));
        node.link.setUp(false);
        for (int number = 1; number <= 35; number++) {
            node.flows.create(number, 1);
        }

        node.session.transmit();

        assertThat(node.session.transmitQueueLength()).isEqualTo(10);
        assertThat(node.session.resendQueueLength()).isEqualTo(10);
        assertThat(node.count(SyncCounter.RESEND_QUEUE_DROPS)).isEqualTo(15);
    }

    @Test
    void shouldCountWhatAModeWithoutAResendQueueLosesWhileNoLinkIsUp() {
        TestNode node = started(new SessionOptions(SessionOptions.Kind.NOTRACK, 300, 10, 1000, 5, 60));
        node.link.setUp(false);
        for (int number = 1; number <= 35; number++) {
            node.flows.create(number, 1);
        }

        node.session.transmit();

        assertThat(node.session.transmitQueueLength()).isEqualTo(10);
        assertThat(node.count(SyncCounter.TRANSMIT_QUEUE_DROPS)).isEqualTo(25);
    }

    @Test
    void shouldForgetObjectsInEitherQueue() {
        TestNode node = started(OPTIONS);
        int sent = node.flows.create(1, 1);
        node.session.transmit();
        node.sent();
        int waiting = node.flows.create(2, 1);

        node.session.forget(sent);
        node.session.forget(waiting);
        node.session.transmit();

        assertThat(node.sent()).isEmpty();
        assertThat(node.session.resendQueueLength()).isZero();
        assertThat(node.session.transmitQueueLength()).isZero();
        assertThat(node.flows.queueState(sent)).isEqualTo(ObjectSource.QUEUE_NONE);
        assertThat(node.flows.released).isEmpty();
    }

    @Test
    void shouldGiveSignsOfLifeOnceASecond() {
        TestNode node = started(OPTIONS);

        network.ticker.advanceMillis(999);
        node.runTimers();
        assertThat(node.sent()).isEmpty();
        for (int second = 0; second < 3; second++) {
            network.ticker.advanceMillis(1000);
            node.runTimers();
            assertThat(node.sent()).hasSize(1);
        }
        assertThat(node.count(SyncCounter.ALIVES_SENT)).isEqualTo(3);
        assertThat(node.session.resendQueueLength()).isZero();
    }

    @Test
    void shouldGiveASignOfLifeAtOnceWhenToldTo() {
        TestNode node = started(OPTIONS);

        node.session.announce();

        assertThat(types(node.sent())).containsExactly(MessageType.CONTROL);
        assertThat(node.count(SyncCounter.ALIVES_SENT)).isEqualTo(1);
    }

    @Test
    void shouldDelayTheSignOfLifeAfterARun() {
        TestNode node = started(OPTIONS);
        network.ticker.advanceMillis(600);
        node.flows.create(1, 1);
        node.session.transmit();
        node.sent();

        network.ticker.advanceMillis(900);
        node.runTimers();
        assertThat(node.sent()).isEmpty();
        network.ticker.advanceMillis(100);
        node.runTimers();
        assertThat(node.sent()).hasSize(1);
    }

    @Test
    void shouldSendInPages() {
        TestNode node = started(OPTIONS);
        for (int number = 1; number <= SyncSession.PAGE * 2 + 1; number++) {
            node.flows.create(number, 1);
        }

        node.session.transmit();
        assertThat(node.session.transmitQueueLength()).isEqualTo(SyncSession.PAGE + 1);
        node.flows.destroy(1);
        while (node.session.transmitQueueLength() > 0) {
            node.runTimers();
        }

        assertThat(types(node.sent())).hasSize(SyncSession.PAGE * 2 + 2).endsWith(MessageType.CT_DELETE);
    }

    @Test
    void shouldPauseWhileTheLinkTakesNoMore() {
        TestNode node = started(OPTIONS);
        node.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        node.flows.create(1, 1);

        node.session.transmit();
        assertThat(node.sent()).isEmpty();
        node.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        node.runTimers();

        assertThat(types(node.sent())).containsExactly(MessageType.CT_NEW);
    }

    @Test
    void shouldDropTheOldestWhileAlone() {
        TestNode node = started(withResendQueue(10));
        for (int number = 1; number <= 25; number++) {
            node.flows.create(number, 1);
        }

        node.session.transmit();

        assertThat(node.session.resendQueueLength()).isEqualTo(10);
        assertThat(node.count(SyncCounter.RESEND_QUEUE_DROPS)).isEqualTo(15);
        assertThat(node.flows.released).hasSize(15);
    }

    @Test
    void shouldHoldBulkBackWhileThePeerLives() {
        TestNode node = started(withResendQueue(80));
        TestNode peer = network.add("198.51.100.9", new SessionOptions(10, 1000, 5, 5, 60));
        peer.session.start();
        network.run(3000);
        for (int number = 1; number <= 1000; number++) {
            node.flows.create(number, 1);
        }

        node.session.transmit();
        assertThat(node.session.isHeldBack()).isTrue();
        assertThat(node.session.resendQueueLength()).isLessThan(80);
        network.run(3000);

        assertThat(peer.external).hasSize(1000);
        assertThat(node.count(SyncCounter.RESEND_QUEUE_DROPS)).isZero();
        assertThat(node.count(SyncCounter.FLOW_CONTROL_HOLDS)).isPositive();
        assertThat(node.session.isHeldBack()).isFalse();
    }

    @Test
    void shouldNotWaitForAPeerThatIsSilent() {
        TestNode node = started(withResendQueue(80));
        TestNode peer = network.add("198.51.100.9", new SessionOptions(10, 1000, 5, 5, 60));
        peer.session.start();
        network.run(3000);
        network.cutOff(peer);
        for (int number = 1; number <= 1000; number++) {
            node.flows.create(number, 1);
        }

        node.session.transmit();
        assertThat(node.session.isHeldBack()).isTrue();
        network.run(7000);

        assertThat(node.session.isHeldBack()).isFalse();
        assertThat(node.session.transmitQueueLength()).isZero();
        assertThat(node.count(SyncCounter.RESEND_QUEUE_DROPS)).isPositive();
    }

    @Test
    void shouldShowWhatWaitsToBeAcknowledged() {
        TestNode node = started(OPTIONS);
        node.session.requestResync();
        int ref = node.flows.create(1, 1);
        node.session.transmit();
        List<String> shown = new ArrayList<>();

        node.session.forEachResend(new ResendVisitor() {
            @Override
            public void onObject(int sequence, int object) {
                shown.add("object " + sequence + " " + object);
            }

            @Override
            public void onControl(int sequence, int flags) {
                shown.add("control " + sequence + " " + flags);
            }
        });

        assertThat(shown).containsExactly("control 1000 " + (MessageFlags.RESYNC | MessageFlags.HELLO),
            "object 1001 " + ref);
        assertThat(node.session.controlMessages()).isEqualTo(1);
    }

    @Test
    void shouldStopWhenClosed() {
        TestNode node = started(OPTIONS);
        node.session.close();
        node.flows.create(1, 1);

        node.session.transmit();
        network.ticker.advanceMillis(5000);
        node.runTimers();

        assertThat(node.sent()).isEmpty();
    }

    private TestNode started(SessionOptions options) {
        TestNode node = network.add("198.51.100.1", options);
        node.session.start();
        return node;
    }

    private static SessionOptions withResendQueue(int resendQueueSize) {
        return new SessionOptions(300, resendQueueSize, 1000, 5, 60);
    }

    private static List<Integer> types(List<byte[]> packets) {
        List<Integer> types = new ArrayList<>();
        forEach(packets, (in, at) -> types.add(SyncHeader.type(in, at)));
        return types;
    }

    private static List<Integer> sequences(List<byte[]> packets) {
        List<Integer> sequences = new ArrayList<>();
        forEach(packets, (in, at) -> sequences.add(SyncHeader.sequence(in, at)));
        return sequences;
    }

    private interface MessageVisitor {
        void visit(ByteBuf in, int at);
    }

    private static void forEach(List<byte[]> packets, MessageVisitor visitor) {
        for (byte[] packet : packets) {
            ByteBuf in = Unpooled.wrappedBuffer(packet);
            for (int at = 0; at < in.writerIndex(); at += SyncHeader.length(in, at)) {
                visitor.visit(in, at);
            }
        }
    }
}
