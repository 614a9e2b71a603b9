/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncHeader;
import org.statelink.sync.protocol.SyncMessage;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.SyncLink;

/** What the handlers of the pipeline make of single messages. */
final class SyncPipelineTest implements MessageSequencer, AckReceiver, StateReceiver {
    private static final InetSocketAddress SENDER = new InetSocketAddress("198.51.100.2", 3780);

    private final SyncCounters counters = new SyncCounters();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final SyncLink link = new SyncLink(0, new Options(), 1500, 28, channel, channel);
    private final List<String> calls = new ArrayList<>();
    private boolean admits = true;

    SyncPipelineTest() {
        new SyncPipeline(this, Optional.of(this), this, counters).initialize(link, channel.pipeline());
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldHaveItsHandlersInTheDocumentedOrder() {
        assertThat(channel.pipeline().names()).containsSubsequence(SyncPipeline.LINK, SyncPipeline.FRAME,
            SyncPipeline.SEQUENCE, SyncPipeline.ACKNOWLEDGEMENT, SyncPipeline.STATE);
    }

    @Test
    void shouldDigestBetweenAdmittingAndSettling() {
        receive(MessageType.CT_NEW, MessageFlags.HELLO, 0, 0);

        assertThat(calls).containsExactly("admit", "state", "settle", "complete");
    }

    @Test
    void shouldDropWhatIsNotAdmitted() {
        admits = false;

        receive(MessageType.CT_NEW, 0, 0, 0);
        receive(MessageType.CONTROL, MessageFlags.ACK, 1, 2);

        assertThat(calls).containsExactly("admit", "complete", "admit", "complete");
        assertThat(counters.get(SyncCounter.MALFORMED)).isZero();
    }

    @Test
    void shouldTellAcknowledgedAndMissingRanges() {
        receive(MessageType.CONTROL, MessageFlags.ACK | MessageFlags.HELLO_BACK, 5, 5);
        receive(MessageType.CONTROL, MessageFlags.NACK, -1, 1);

        assertThat(calls).containsExactly("admit", "ack 5..5", "settle", "complete", "admit", "nack -1..1", "settle",
            "complete");
        assertThat(counters.get(SyncCounter.ACKS_RECEIVED)).isEqualTo(1);
        assertThat(counters.get(SyncCounter.NACKS_RECEIVED)).isEqualTo(1);
    }

    @Test
    void shouldTestTheFlagsInConntrackdsOrder() {
        receive(MessageType.CONTROL, MessageFlags.ACK | MessageFlags.NACK | MessageFlags.RESYNC, 5, 6);
        receive(MessageType.CONTROL, MessageFlags.RESYNC | MessageFlags.ALIVE, 0, 0);

        assertThat(calls).contains("ack 5..6", "resync").doesNotContain("nack 5..6");
    }

    @Test
    void shouldRefuseARangeThatEndsBeforeItBegins() {
        receive(MessageType.CONTROL, MessageFlags.ACK, 6, 5);
        receive(MessageType.CONTROL, MessageFlags.NACK, 6, 5);

        assertRefused(2);
    }

    @Test
    void shouldRefuseUnknownTypesAndFlags() {
        receive(MessageType.CT_NEW, MessageFlags.UNUSED, 0, 0);
        receive(MessageType.CT_NEW, MessageFlags.ALIVE, 0, 0);
        receive(6, 0, 0, 0);
        receive(15, MessageFlags.HELLO, 0, 0);
        receive(MessageType.CONTROL, 0, 0, 0);
        receive(MessageType.CONTROL, MessageFlags.HELLO, 0, 0);

        assertRefused(6);
    }

    @Test
    void shouldTakeSignsOfLifeInSilence() {
        receive(MessageType.CONTROL, MessageFlags.ALIVE | MessageFlags.HELLO, 0, 0);

        assertThat(calls).containsExactly("admit", "settle", "complete");
        assertThat(counters.get(SyncCounter.ALIVES_RECEIVED)).isEqualTo(1);
    }

    @Test
    void shouldPassExpectationsAsState() {
        receive(MessageType.EXP_DELETE, 0, 0, 0);

        assertThat(calls).containsExactly("admit", "state", "settle", "complete");
    }

    @Test
    void shouldCountPackets() {
        receive(MessageType.CONTROL, MessageFlags.ALIVE, 0, 0);
        receive(MessageType.CONTROL, MessageFlags.ACK, 1, 1);

        assertThat(link.counters().packetsReceived()).isEqualTo(2);
        assertThat(link.counters().bytesReceived()).isEqualTo(24);
    }

    private void assertRefused(int messages) {
        assertThat(calls).doesNotContain("settle", "state", "resync");
        assertThat(counters.get(SyncCounter.MALFORMED_HEADER)).isEqualTo(messages);
        assertThat(counters.get(SyncCounter.MALFORMED)).isEqualTo(messages);
    }

    private void receive(int type, int flags, int from, int to) {
        ByteBuf message = Unpooled.buffer();
        if (SyncHeader.hasRange(type, flags)) {
            SyncHeader.writeRange(message, flags, 77, from, to);
        } else {
            SyncHeader.write(message, type, flags, SyncHeader.LENGTH, 77);
        }
        channel.writeInbound(new DatagramPacket(message, SENDER, SENDER));
        assertThat(message.refCnt()).isZero();
    }

    @Override
    public boolean admit(SyncLink from, SyncMessage message) {
        assertThat(from).isSameAs(link);
        calls.add("admit");
        return admits;
    }

    @Override
    public void settle(SyncLink from, SyncMessage message) {
        calls.add("settle");
    }

    @Override
    public void acknowledged(int from, int to) {
        calls.add("ack " + from + ".." + to);
    }

    @Override
    public void missing(int from, int to) {
        calls.add("nack " + from + ".." + to);
    }

    @Override
    public void onState(SyncMessage message) {
        calls.add("state");
    }

    @Override
    public void onResync(SyncMessage message) {
        calls.add("resync");
    }

    @Override
    public void onReadComplete() {
        calls.add("complete");
    }

    private static final class Options implements LinkOptions {
        @Override
        public String interfaceName() {
            return "veth0";
        }

        @Override
        public boolean preferred() {
            return false;
        }
    }
}
