/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.Captures;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncHeader;

/** A session that neither greets nor acknowledges, and takes what comes. */
final class NotrackSessionTest {
    private static final String CONNTRACKD_A = "198.51.100.1";

    private final TestNetwork network = new TestNetwork(1);
    private TestNode node;
    private PeerVoice peer;

    @BeforeEach
    void start() {
        node = network.add(CONNTRACKD_A,
            SessionOptions.of(SessionOptions.Kind.NOTRACK).withFirstSequence(0x6b01ec68));
        peer = new PeerVoice(node, "198.51.100.2");
        node.session.start();
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void shouldSendOnceAndForget() {
        int kept = node.flows.create(1, 1);
        int dying = node.flows.create(2, 1);
        node.flows.destroy(2);
        node.session.transmit();

        assertThat(peer.heard()).containsExactly("CT_NEW 0", "CT_DEL 0");
        assertThat(node.flows.released).containsExactly(kept, dying);
        assertThat(node.flows.size()).as("the one that ended is freed").isEqualTo(1);
        assertThat(node.session.resendQueueLength()).isZero();
        assertThat(node.session.resendQueueCapacity()).isZero();
    }

    @Test
    void shouldGiveASignOfLifeAfterASecondOfSilence() {
        second();
        assertThat(peer.heard()).containsExactly("CTL ALIVE");

        network.ticker.advanceMillis(900);
        node.runTimers();
        node.flows.create(1, 1);
        node.session.transmit();
        network.ticker.advanceMillis(900);
        node.runTimers();
        assertThat(peer.heard()).containsExactly("CT_NEW 0");
        assertThat(node.session.controlMessages()).isZero();
    }

    @Test
    void shouldTakeWhatComesInAnyOrderAndCountIt() {
        peer.flow(MessageType.CT_NEW, 10, 0, 1, 7);
        peer.flow(MessageType.CT_NEW, 14, MessageFlags.HELLO, 2, 8);
        peer.flow(MessageType.CT_UPDATE, 12, 0, 1, 9);
        peer.flow(MessageType.CT_UPDATE, 13, 0, 1, 10);

        assertThat(node.external).containsEntry(1, 10).containsEntry(2, 8);
        assertThat(node.count(SyncCounter.LOST)).as("three missing and two").isEqualTo(5);
        assertThat(node.count(SyncCounter.BEFORE)).as("the last number goes back too").isEqualTo(1);
        assertThat(node.count(SyncCounter.MALFORMED)).isZero();
        assertThat(peer.heard()).as("no answer").isEmpty();
    }

    @Test
    void shouldRefuseAcknowledgements() {
        peer.control(10, MessageFlags.ALIVE, 0, 0);
        peer.control(11, MessageFlags.ACK, 1, 2);
        peer.control(12, MessageFlags.NACK, 1, 2);
        peer.header(9, 13);

        assertThat(node.count(SyncCounter.MALFORMED_HEADER)).isEqualTo(3);
        assertThat(node.count(SyncCounter.ACKS_RECEIVED) + node.count(SyncCounter.NACKS_RECEIVED)).isZero();
    }

    @Test
    void shouldAskForEverythingAndTellWhenAsked() {
        node.session.requestResync();
        assertThat(peer.heard()).containsExactly("CTL RESYNC");

        peer.control(10, MessageFlags.RESYNC, 0, 0);
        assertThat(node.resyncsRequested).isEqualTo(1);
    }

    @Test
    void shouldTrackEachPeerByItself() {
        PeerVoice other = new PeerVoice(node, "198.51.100.3");
        peer.control(10, MessageFlags.ALIVE, 0, 0);
        other.control(7_000_000, MessageFlags.ALIVE, 0, 0);
        peer.control(11, MessageFlags.ALIVE, 0, 0);
        other.control(7_000_001, MessageFlags.ALIVE, 0, 0);

        assertThat(node.count(SyncCounter.LOST) + node.count(SyncCounter.BEFORE)).isZero();
        assertThat(node.count(SyncCounter.PEERS_SEEN)).isEqualTo(2);
    }

    @Test
    void shouldBeFollowedByANeighbourAfterARestartWithLowerNumbers() {
        peer.control(1000, MessageFlags.ALIVE, 0, 0);
        peer.control(10, MessageFlags.ALIVE, 0, 0);
        peer.control(11, MessageFlags.ALIVE, 0, 0);

        assertThat(node.count(SyncCounter.BEFORE)).isEqualTo(1);
        assertThat(node.count(SyncCounter.LOST)).isZero();
    }

    @Test
    void shouldFlushStatesWithoutAnObjectAtTheEndOfABurst() {
        Conntrack flow = new Conntrack();
        assertThat(ConntrackBody.decode(Captures.state("11", 0x6b01ec69).body(), flow)).isEqualTo(BodyResult.OK);
        node.session.sendState(MessageType.CT_NEW, flow, true, true);
        assertThat(node.sent()).isEmpty();

        node.session.transmit();

        assertThat(peer.heard()).containsExactly("CT_NEW 0");
        network.ticker.advanceMillis(999);
        node.runTimers();
        assertThat(peer.heard()).as("that was a sign of life").isEmpty();
    }

    /** conntrackd's own conversation without an internal cache: states wait for the next ALIVE, in its packet. */
    @Test
    void shouldSendTheBytesThatConntrackdSent() {
        List<Captures.Frame> frames =
            Captures.frames().stream().filter(frame -> frame.capture().startsWith("11")).toList();
        int sent = 0;
        for (Captures.Frame frame : frames) {
            if (frame.sender().equals(CONNTRACKD_A)) {
                sendStates(frame.content());
                second();
                assertThat(node.sent()).singleElement()
                    .satisfies(packet -> assertThat(ByteBufUtil.hexDump(packet)).isEqualTo(frame.hex()));
                sent++;
            } else {
                node.receive(ByteBufUtil.getBytes(frame.content()), new InetSocketAddress(frame.sender(), 41_000));
            }
        }

        assertThat(sent).isGreaterThan(5);
        assertThat(node.resyncsRequested).isEqualTo(1);
        assertThat(node.count(SyncCounter.LOST) + node.count(SyncCounter.MALFORMED)).isZero();
    }

    private void sendStates(ByteBuf packet) {
        Conntrack flow = new Conntrack();
        for (int at = 0; at < packet.writerIndex(); at += SyncHeader.length(packet, at)) {
            if (MessageType.isState(SyncHeader.type(packet, at))) {
                ByteBuf body = Unpooled.wrappedBuffer(packet).slice(at + SyncHeader.LENGTH,
                    SyncHeader.length(packet, at) - SyncHeader.LENGTH);
                assertThat(ConntrackBody.decode(body, flow)).isEqualTo(BodyResult.OK);
                node.session.sendState(SyncHeader.type(packet, at), flow, true, true);
            }
        }
    }

    private void second() {
        network.ticker.advanceMillis(1000);
        node.runTimers();
    }
}
