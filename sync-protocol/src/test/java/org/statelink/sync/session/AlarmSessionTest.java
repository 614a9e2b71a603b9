/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.sync.protocol.Captures;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncHeader;
import org.statelink.sync.transport.SyncLink;

/** A session in which there is nothing but states. */
final class AlarmSessionTest {
    private final TestNetwork network = new TestNetwork(1);
    private TestNode node;
    private PeerVoice peer;

    @BeforeEach
    void start() {
        node = network.add("198.51.100.1", SessionOptions.of(SessionOptions.Kind.ALARM).withFirstSequence(1000));
        peer = new PeerVoice(node, "198.51.100.2");
        node.session.start();
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void shouldBeSilentWhileNothingIsToBeTold() {
        for (int second = 0; second < 10; second++) {
            network.ticker.advanceMillis(1000);
            node.runTimers();
        }

        assertThat(peer.heard()).isEmpty();
        assertThat(node.session.controlMessages()).isZero();
    }

    @Test
    void shouldSendStatesWithoutGreetingAndForgetThem() {
        node.flows.create(1, 1);
        node.session.transmit();
        node.flows.destroy(1);
        node.session.transmit();

        assertThat(peer.heard()).containsExactly("CT_NEW 0", "CT_DEL 0");
        assertThat(node.flows.size()).isZero();
    }

    @Test
    void shouldTakeStatesWhateverTheirNumber() {
        peer.flow(MessageType.CT_NEW, 1000, 0, 1, 7);
        peer.flow(MessageType.CT_NEW, 5, 0, 2, 8);
        peer.flow(MessageType.CT_UPDATE, 7000, 0, 1, 9);

        assertThat(node.external).containsEntry(1, 9).containsEntry(2, 8);
        assertThat(node.count(SyncCounter.LOST) + node.count(SyncCounter.BEFORE)).isZero();
    }

    @Test
    void shouldIgnoreWhatHasFlags() {
        peer.control(10, MessageFlags.ALIVE, 0, 0);
        peer.control(11, MessageFlags.RESYNC, 0, 0);
        peer.control(12, MessageFlags.ACK, 5, 4);
        peer.flow(MessageType.CT_NEW, 13, MessageFlags.HELLO, 1, 7);

        assertThat(node.external).isEmpty();
        assertThat(node.resyncsRequested).isZero();
        assertThat(node.count(SyncCounter.MALFORMED)).isZero();
        assertThat(peer.heard()).isEmpty();
    }

    @Test
    void shouldRefuseTypesThatAreNoStates() {
        peer.header(6, 10);
        peer.header(MessageType.CONTROL, 11);

        assertThat(node.count(SyncCounter.BAD_TYPE)).isEqualTo(2);
        assertThat(node.count(SyncCounter.MALFORMED)).isEqualTo(2);
    }

    @Test
    void shouldFollowAControlMessageToItsLink() {
        EmbeddedChannel channel = EmbeddedChannel.builder().ticker(network.ticker).build();
        SyncLink second = new SyncLink(1, TestNode.options("veth1", false), 1500, 28, channel, channel);
        node.links.add(second);
        node.session.linkInitializer().initialize(second, channel.pipeline());
        byte[] alive = new byte[SyncHeader.LENGTH];
        SyncHeader.write(Unpooled.wrappedBuffer(alive).clear(), MessageType.CONTROL, MessageFlags.ALIVE,
            SyncHeader.LENGTH, 1);

        channel.writeInbound(new DatagramPacket(Unpooled.wrappedBuffer(alive),
            new InetSocketAddress("225.0.0.50", 3780), new InetSocketAddress("203.0.113.2", 9)));

        assertThat(node.links.current()).isSameAs(second);
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldTakeWhatConntrackdSent() {
        Captures.frames().stream().filter(frame -> frame.capture().startsWith("10")).forEach(frame ->
            node.receive(ByteBufUtil.getBytes(frame.content()), new InetSocketAddress(frame.sender(), 41_000)));

        assertThat(node.typesReceived).hasSize(5).containsOnly(MessageType.CT_NEW);
        assertThat(node.count(SyncCounter.MALFORMED) + node.count(SyncCounter.LOST)).isZero();
    }
}
