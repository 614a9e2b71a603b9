/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.sync.protocol.Captures;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;

class SyncFrameDecoderTest {
    private static final InetSocketAddress SENDER = new InetSocketAddress("198.51.100.1", 40000);
    private static final InetSocketAddress RECIPIENT = new InetSocketAddress("225.0.0.50", 3780);
    private static final int MUTATIONS = 20_000;

    private final SyncCounters counters = new SyncCounters();
    private final Received received = new Received();
    private final EmbeddedChannel channel = new EmbeddedChannel(new SyncFrameDecoder(counters), new Collector());

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldFireEachMessageAndReleaseTheDatagram() {
        ByteBuf content = Unpooled.buffer().writeLong(0x1a30_0008_0000_0001L).writeLong(0x1a10_0008_0000_0002L);
        receive(content);
        assertThat(received.sequences()).containsExactly(1, 2);
        assertThat(received.messages.getFirst().sender()).isEqualTo(SENDER);
        assertThat(content.refCnt()).isZero();
    }

    @Test
    void shouldReleaseWhatItRefuses() {
        ByteBuf content = Unpooled.buffer().writeLong(0x1a30_0000_0000_0001L);
        receive(content);
        assertThat(content.refCnt()).isZero();
        assertThat(received.messages).isEmpty();
        assertThat(counters.get(SyncCounter.BAD_SIZE)).isOne();
    }

    @Test
    void shouldPassOnWhatIsNoDatagram() {
        channel.writeInbound("other");
        assertThat((String) channel.readInbound()).isEqualTo("other");
    }

    /** Expectations have attributes of their own numbering: the body goes on as it is. */
    @Test
    void shouldPassExpectationsRaw() {
        Captures.Message expectation = Captures.messages().stream().filter(m -> m.type() == 3)
            .findFirst().orElseThrow();
        receive(expectation.content());
        assertThat(received.messages.getFirst().type()).isEqualTo(3);
        assertThat(received.messages.getFirst().body()).isEqualTo(expectation.hex().substring(16));
    }

    @Test
    void shouldSurviveWhateverComes() {
        long seed = Long.getLong("statelink.seed", System.nanoTime());
        System.out.println("seed: -Dstatelink.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            receive(mutated(random));
        }
        assertThat(received.messages).isNotEmpty();
        long kinds = counters.get(SyncCounter.BAD_SIZE) + counters.get(SyncCounter.TRUNCATED)
            + counters.get(SyncCounter.WRONG_VERSION);
        assertThat(counters.get(SyncCounter.MALFORMED)).isEqualTo(kinds).isPositive();
    }

    private static ByteBuf mutated(Random random) {
        ByteBuf frame = Captures.frames().get(random.nextInt(Captures.frames().size())).content();
        byte[] bytes = ByteBufUtil.getBytes(frame);
        for (int n = random.nextInt(4); n >= 0; n--) {
            bytes[random.nextInt(random.nextBoolean() ? 8 : bytes.length)] = (byte) random.nextInt();
        }
        return Unpooled.wrappedBuffer(bytes, 0, random.nextInt(bytes.length + 1));
    }

    private void receive(ByteBuf content) {
        channel.writeInbound(new DatagramPacket(content, RECIPIENT, SENDER));
        channel.checkException();
    }

    private final class Collector extends SimpleChannelInboundHandler<SyncMessage> {
        Collector() {
            super(SyncMessage.class);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, SyncMessage message) {
            received.onMessage(message);
        }
    }
}
