/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.IpProtocol;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncHeader;
import org.statelink.sync.transport.SyncLink;

/** What a session makes of greetings, gaps, repetitions and malformed messages. */
final class FtfwReceiveTest {
    private static final int ALIVE = MessageFlags.ALIVE;
    private static final InetSocketAddress PEER = new InetSocketAddress("198.51.100.2", 40_001);
    private static final InetSocketAddress OTHER = new InetSocketAddress("198.51.100.3", 40_001);

    private final TestNetwork network = new TestNetwork(1);
    private TestNode node;

    @BeforeEach
    void start() {
        node = network.add("198.51.100.1", SessionOptions.of(300, 1000).withFirstSequence(1000));
        node.session.start();
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void shouldAcceptAnyFirstNumber() {
        flow(PEER, -5, 0, 1, 7);

        assertThat(node.external).containsEntry(1, 7);
        assertThat(node.sent()).isEmpty();
    }

    @Test
    void shouldApplyFirstAndThenAnswerAGap() {
        flow(PEER, 10, 0, 1, 7);
        flow(PEER, 14, 0, 2, 8);

        assertThat(node.external).containsEntry(2, 8);
        assertThat(controls()).containsExactly("ACK|HELLO 10..10", "NACK|HELLO 11..13");
        assertThat(node.count(SyncCounter.LOST)).isEqualTo(5);
    }

    @Test
    void shouldAskOnceForAGapAfterAnAcknowledgement() {
        flow(PEER, 10, 0, 1, 7);
        second();
        node.sent();
        flow(PEER, 12, 0, 2, 8);

        assertThat(controls()).containsExactly("NACK|HELLO 11..11");
    }

    @Test
    void shouldDropWhatIsBehind() {
        flow(PEER, 10, 0, 1, 7);
        flow(PEER, 10, 0, 1, 8);
        flow(PEER, 9, 0, 1, 9);
        flow(PEER, 11, 0, 2, 1);

        assertThat(node.external).containsEntry(1, 7).containsEntry(2, 1);
        assertThat(node.count(SyncCounter.BEFORE)).isEqualTo(2);
        assertThat(node.count(SyncCounter.LOST)).isZero();
    }

    @Test
    void shouldWorkAcrossTheWrap() {
        flow(PEER, -1, 0, 1, 7);
        flow(PEER, 0, 0, 2, 8);
        flow(PEER, 3, 0, 3, 9);

        assertThat(node.external).hasSize(3);
        assertThat(controls()).containsExactly("ACK|HELLO -1..0", "NACK|HELLO 1..2");
    }

    @Test
    void shouldAdvanceOverMalformedPayloadButNotOverMalformedHeaders() {
        flow(PEER, 10, 0, 1, 7);
        raw(PEER, header(MessageType.CT_NEW, 0, 11).writeInt(0xffff0000));
        control(PEER, 12, MessageFlags.ACK, 5, 4);
        control(PEER, 12, ALIVE, 0, 0);

        assertThat(node.count(SyncCounter.MALFORMED_PAYLOAD)).isEqualTo(1);
        assertThat(node.count(SyncCounter.MALFORMED_HEADER)).isEqualTo(1);
        assertThat(node.count(SyncCounter.MALFORMED)).isEqualTo(2);
        assertThat(node.count(SyncCounter.LOST)).isZero();
        second();
        assertThat(controls()).containsExactly("ACK|HELLO 10..12");
    }

    @Test
    void shouldNotAnswerAGapShownByAMalformedHeader() {
        flow(PEER, 10, 0, 1, 7);
        raw(PEER, header(9, 0, 50));

        assertThat(node.sent()).isEmpty();
        assertThat(node.count(SyncCounter.LOST)).isZero();
    }

    @Test
    void shouldSkipTheCheckAtAHello() {
        flow(PEER, 1000, 0, 1, 7);

        control(PEER, 500, ALIVE | MessageFlags.HELLO, 0, 0);

        assertThat(node.count(SyncCounter.BEFORE) + node.count(SyncCounter.LOST)).isZero();
        second();
        assertThat(controls()).containsExactly("ACK|HELLO|HELLO_BACK 500..500");
    }

    /** conntrackd empties its resend queue at a HELLO, and what was lost until then is lost for good. */
    @Test
    void shouldSendAgainWhatWasSentBeforeThePeerWasThere() {
        int lost = node.flows.create(1, 1);
        int heard = node.flows.create(2, 1);
        node.session.transmit();
        control(PEER, 500, ALIVE | MessageFlags.HELLO, 0, 0);
        assertThat(node.session.resendQueueLength()).isEqualTo(2);
        node.sent();

        control(PEER, 501, MessageFlags.ACK, 1001, 1001);

        assertThat(node.flows.released).containsExactly(heard);
        assertThat(node.flows.queueState(lost)).isEqualTo(ObjectSource.QUEUE_RESEND);
        assertThat(node.count(SyncCounter.STATES_RESENT)).isEqualTo(1);
        assertThat(messages()).containsExactly("1002 HELLO|HELLO_BACK");
    }

    @Test
    void shouldSendAgainBeforeTheFirstAcknowledgementOnly() {
        control(PEER, 500, ALIVE, 0, 0);
        node.flows.create(1, 1);
        node.flows.create(2, 1);
        node.session.transmit();
        control(PEER, 501, MessageFlags.ACK, 1000, 1000);
        control(PEER, 502, MessageFlags.ACK, 1005, 1005);
        node.flows.create(3, 1);
        node.session.transmit();
        control(PEER, 503, MessageFlags.ACK, 1002, 1002);

        assertThat(node.count(SyncCounter.STATES_RESENT)).isZero();
        assertThat(node.session.resendQueueLength()).isEqualTo(1);
    }

    @Test
    void shouldAskForWhatIsLostWhileAPeerGreets() {
        flow(PEER, 500, MessageFlags.HELLO, 1, 7);
        flow(PEER, 503, MessageFlags.HELLO, 2, 8);
        assertThat(controls()).containsExactly("ACK|HELLO|HELLO_BACK 500..500", "NACK|HELLO 501..502");

        flow(PEER, 40_000_000, MessageFlags.HELLO, 3, 9);
        assertThat(node.external).hasSize(3);
        assertThat(controls()).as("it began anew").isEmpty();
    }

    @Test
    void shouldNotApplyALateGreetingUnlessThePeerBeganAnew() {
        flow(PEER, 500, MessageFlags.HELLO, 1, 7);
        flow(PEER, 501, MessageFlags.HELLO, 1, 8);
        flow(PEER, 502, 0, 2, 9);
        flow(PEER, 500, MessageFlags.HELLO, 1, 7);

        assertThat(node.external).containsEntry(1, 8);
        assertThat(node.count(SyncCounter.BEFORE)).isEqualTo(1);
        second();
        flow(PEER, 499, MessageFlags.HELLO, 1, 6);
        assertThat(node.external).containsEntry(1, 6);
    }

    @Test
    void shouldAnswerEveryHelloOnceAndStopSayingHelloWhenAnswered() {
        control(PEER, 10, ALIVE | MessageFlags.HELLO, 0, 0);
        control(PEER, 11, ALIVE | MessageFlags.HELLO, 0, 0);
        node.session.requestResync();
        node.session.requestResync();
        assertThat(controls()).containsExactly("RESYNC|HELLO|HELLO_BACK 0..0", "RESYNC|HELLO 0..0");

        control(PEER, 12, ALIVE | MessageFlags.HELLO_BACK, 0, 0);
        node.session.requestResync();
        assertThat(controls()).containsExactly("RESYNC 0..0");
    }

    @Test
    void shouldSendAgainAControlMessageWithoutItsGreeting() {
        node.session.requestResync();
        control(PEER, 10, ALIVE | MessageFlags.HELLO_BACK, 0, 0);
        node.sent();

        control(PEER, 11, MessageFlags.NACK, 1000, 1000);

        assertThat(controls()).containsExactly("RESYNC 0..0");
        assertThat(node.session.resendQueueLength()).isEqualTo(1);
        control(PEER, 12, MessageFlags.ACK, 1001, 1001);
        assertThat(node.session.resendQueueLength()).isZero();
        assertThat(node.session.controlMessages()).isZero();
    }

    @Test
    void shouldCountWhatItCannotSendAgain() {
        node.flows.create(1, 1);
        node.session.transmit();
        control(PEER, 10, MessageFlags.NACK, 990, 1000);

        assertThat(node.count(SyncCounter.NACKS_UNANSWERED)).isEqualTo(10);
        assertThat(node.count(SyncCounter.STATES_RESENT)).isEqualTo(1);
    }

    @Test
    void shouldIgnoreRangesThatItNeverSent() {
        node.flows.create(1, 1);
        node.session.transmit();
        control(PEER, 10, MessageFlags.ACK, 900, 1001);

        assertThat(node.session.resendQueueLength()).isEqualTo(1);
    }

    @Test
    void shouldTrackEachPeerByItself() {
        control(PEER, 10, ALIVE, 0, 0);
        control(OTHER, 7_000_000, ALIVE, 0, 0);
        control(PEER, 11, ALIVE, 0, 0);
        control(OTHER, 7_000_001, ALIVE, 0, 0);
        node.flows.create(1, 1);
        node.session.transmit();

        assertThat(node.count(SyncCounter.LOST) + node.count(SyncCounter.BEFORE)).isZero();
        assertThat(node.count(SyncCounter.PEERS_SEEN)).isEqualTo(2);
        control(PEER, 12, MessageFlags.ACK, 1000, 1000);
        assertThat(node.session.resendQueueLength()).isEqualTo(1);
        control(OTHER, 7_000_002, MessageFlags.ACK, 1000, 1000);
        assertThat(node.session.resendQueueLength()).isZero();
    }

    @Test
    void shouldNotWaitForeverForOneOfSeveralPeers() {
        control(PEER, 10, ALIVE, 0, 0);
        control(OTHER, 7_000_000, ALIVE, 0, 0);
        node.flows.create(1, 1);
        node.session.transmit();
        int number = 11;
        control(PEER, number++, MessageFlags.ACK, 1000, 1000);

        for (int second = 0; second < 62; second++) {
            second();
            control(PEER, number++, ALIVE, 0, 0);
        }

        assertThat(node.flows.released).hasSize(1);
    }

    @Test
    void shouldFollowThePeerToAnotherLinkWithoutLosingItsNumbers() {
        EmbeddedChannel channel = EmbeddedChannel.builder().ticker(network.ticker).build();
        SyncLink second = new SyncLink(1, TestNode.options("veth1", false), 1500, 28, channel, channel);
        node.links.add(second);
        node.session.linkInitializer().initialize(second, channel.pipeline());
        flow(PEER, 10, 0, 1, 7);

        ByteBuf message = header(MessageType.CONTROL, ALIVE, 12);
        channel.writeInbound(new DatagramPacket(message, PEER, new InetSocketAddress("203.0.113.2", 9)));

        assertThat(node.links.current()).isSameAs(second);
        assertThat(node.count(SyncCounter.PEERS_SEEN)).isEqualTo(1);
        assertThat(node.count(SyncCounter.LOST)).isEqualTo(3);
        assertThat(node.sent()).isEmpty();
        ByteBuf answer = channel.readOutbound();
        assertThat(answer.readableBytes()).as("ACK and NACK on the new link").isEqualTo(32);
        answer.release();
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldServeNoMorePeersThanThereIsRoomFor() {
        for (int peer = 1; peer <= PeerTable.MAX_PEERS + 1; peer++) {
            flow(new InetSocketAddress("203.0.113." + peer, 9), peer * 1_000_000, 0, peer, 1);
        }

        assertThat(node.external).hasSize(PeerTable.MAX_PEERS);
        assertThat(node.count(SyncCounter.PEERS_REFUSED)).isEqualTo(1);
    }

    private void second() {
        network.ticker.advanceMillis(1000);
        node.runTimers();
    }

    private void flow(InetSocketAddress sender, int sequence, int flags, int number, int version) {
        Conntrack flow = new Conntrack();
        flow.original().setIpv4(number, ~number);
        flow.original().setProtocol(IpProtocol.UDP);
        flow.original().setPorts(1, 2);
        flow.setMark(version);
        ByteBuf message = header(MessageType.CT_NEW, flags, sequence);
        ConntrackBody.encode(flow, message, true, false);
        raw(sender, message);
    }

    private void control(InetSocketAddress sender, int sequence, int flags, int from, int to) {
        ByteBuf message = header(MessageType.CONTROL, flags, sequence);
        if (SyncHeader.hasRange(MessageType.CONTROL, flags)) {
            message.writeInt(from).writeInt(to);
        }
        raw(sender, message);
    }

    private static ByteBuf header(int type, int flags, int sequence) {
        ByteBuf message = Unpooled.buffer();
        SyncHeader.write(message, type, flags, SyncHeader.LENGTH, sequence);
        return message;
    }

    private void raw(InetSocketAddress sender, ByteBuf message) {
        SyncHeader.setLength(message, 0, message.writerIndex());
        byte[] bytes = new byte[message.readableBytes()];
        message.readBytes(bytes);
        node.receive(bytes, sender);
    }

    /** Number and flags of the messages sent since the last call. */
    private List<String> messages() {
        List<String> messages = new ArrayList<>();
        for (byte[] packet : node.sent()) {
            ByteBuf in = Unpooled.wrappedBuffer(packet);
            for (int at = 0; at < in.writerIndex(); at += SyncHeader.length(in, at)) {
                messages.add(SyncHeader.sequence(in, at) + " " + MessageFlags.format(SyncHeader.flags(in, at)));
            }
        }
        return messages;
    }

    /** The control messages sent since the last call, without their numbers. */
    private List<String> controls() {
        List<String> controls = new ArrayList<>();
        for (byte[] packet : node.sent()) {
            ByteBuf in = Unpooled.wrappedBuffer(packet);
            for (int at = 0; at < in.writerIndex(); at += SyncHeader.length(in, at)) {
                controls.add(MessageFlags.format(SyncHeader.flags(in, at)) + " " + SyncHeader.from(in, at) + ".."
                    + SyncHeader.to(in, at));
            }
        }
        return controls;
    }
}
