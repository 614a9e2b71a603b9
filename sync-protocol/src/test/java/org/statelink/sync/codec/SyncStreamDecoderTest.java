/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.sync.protocol.Captures;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;

class SyncStreamDecoderTest {
    private static final int ROUNDS = 200;
    private static final int LONGEST = 65_535;

    private final SyncCounters counters = new SyncCounters();
    private final List<String> received = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new SyncStreamDecoder(counters), new Collector());

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldFireEachMessageAndReleaseTheBuffer() {
        ByteBuf content = Unpooled.buffer().writeLong(0x1a30_0008_0000_0001L).writeLong(0x1a10_0008_0000_0002L);
        receive(content);
        assertThat(received).containsExactly("1 ", "2 ");
        assertThat(content.refCnt()).isZero();
    }

    @Test
    void shouldPutTogetherWhatComesByteByByte() {
        byte[] stream = capturedStream();
        for (byte each : stream) {
            receive(Unpooled.buffer(1).writeByte(each));
        }
        assertThat(received).isEqualTo(capturedMessages());
        assertThat(counters.get(SyncCounter.MALFORMED)).isZero();
    }

    @Test
    void shouldPutTogetherWhatComesInAnyPieces() {
        long seed = Long.getLong("statelink.seed", System.nanoTime());
        System.out.println("seed: -Dstatelink.seed=" + seed);
        Random random = new Random(seed);
        byte[] stream = capturedStream();
        for (int round = 0; round < ROUNDS; round++) {
            received.clear();
            int longest = 1 + random.nextInt(500);
            for (int at = 0; at < stream.length; ) {
                int length = Math.min(1 + random.nextInt(longest), stream.length - at);
                receive(Unpooled.copiedBuffer(stream, at, length));
                at += length;
            }
            assertThat(received).isEqualTo(capturedMessages());
        }
        assertThat(counters.get(SyncCounter.MALFORMED)).isZero();
    }

    @Test
    void shouldPutTogetherTheLongestMessage() {
        ByteBuf message = Unpooled.buffer(LONGEST).writeLong(0x1a30_ffff_0000_0001L).writeZero(LONGEST - 8);
        String expected = "1 " + "00".repeat(LONGEST - 8);
        for (int piece = 0; piece < 3; piece++) {
            receive(message.readRetainedSlice(message.readableBytes() / (3 - piece)));
        }
        message.release();
        assertThat(received).containsExactly(expected);
    }

    @Test
    void shouldCloseAStreamInWhichNothingCanBeFoundAnyMore() {
        ByteBuf content = Unpooled.buffer().writeLong(0x1a30_0008_0000_0001L).writeLong(0x1a30_0000_0000_0002L);
        receive(content);
        assertThat(received).hasSize(1);
        assertThat(counters.get(SyncCounter.BAD_SIZE)).isOne();
        assertThat(content.refCnt()).isZero();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldForgetHalfAMessageWhenTheConnectionEnds() {
        receive(Unpooled.buffer().writeInt(0x1a30_0008));
        channel.finishAndReleaseAll();
        assertThat(received).isEmpty();
        assertThat(counters.get(SyncCounter.MALFORMED)).isZero();
    }

    private static List<String> capturedMessages() {
        return Captures.flows().stream().map(m -> Integer.toHexString(m.sequence()) + ' ' + m.hex().substring(16))
            .toList();
    }

    private static byte[] capturedStream() {
        return ByteBufUtil.decodeHexDump(
            Captures.flows().stream().map(Captures.Message::hex).collect(Collectors.joining()));
    }

    private void receive(ByteBuf content) {
        channel.writeInbound(content);
        channel.checkException();
    }

    private final class Collector extends SimpleChannelInboundHandler<SyncMessage> {
        Collector() {
            super(SyncMessage.class);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, SyncMessage message) {
            received.add(Integer.toHexString(message.sequence()) + ' ' + ByteBufUtil.hexDump(message.body()));
        }
    }
}
