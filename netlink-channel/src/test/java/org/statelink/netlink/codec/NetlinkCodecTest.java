/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetlinkCodecTest {
    private final List<String> seen = new ArrayList<>();
    private final NetlinkMessageDecoder decoder = new NetlinkMessageDecoder();
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder, new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            NetlinkMessage message = (NetlinkMessage) msg;
            seen.add(message.type() + "/" + message.flags() + "/" + message.sequence() + "/" + message.portId() + "/"
                + message.payloadLength());
        }
    });

    private static ByteBuf datagram(int payload) {
        ByteBuf out = Unpooled.buffer();
        int message = NetlinkMessageWriter.begin(out, 0x100, 0x600, 7, 99);
        out.writeZero(payload);
        NetlinkMessageWriter.end(out, message);
        return out;
    }

    @Test
    void shouldSplitADatagramIntoItsMessages() {
        ByteBuf two = datagram(6);
        two.writeZero(2).writeBytes(datagram(0));
        channel.writeInbound(two);
        assertThat(seen).containsExactly("256/1536/7/99/6", "256/1536/7/99/0");
        assertThat(two.refCnt()).isZero();
        assertThat(decoder.malformed()).isZero();
    }

    @Test
    void shouldDropWhatIsNoMessage() {
        ByteBuf tooLong = datagram(4);
        tooLong.setIntLE(0, 21);
        ByteBuf tooShort = datagram(4);
        tooShort.setIntLE(0, 15);
        ByteBuf negative = datagram(4);
        negative.setIntLE(0, -1);
        ByteBuf goodThenCut = datagram(0).writeZero(9);
        for (ByteBuf datagram : List.of(tooLong, tooShort, negative, goodThenCut)) {
            channel.writeInbound(datagram);
            assertThat(datagram.refCnt()).isZero();
        }
        assertThat(seen).hasSize(1);
        assertThat(decoder.malformed()).isEqualTo(4);
    }

    @Test
    void shouldReadNestsAndGoOnBehindThem() {
        ByteBuf out = Unpooled.buffer();
        int outer = AttributeWriter.begin(out, 1);
        int inner = AttributeWriter.begin(out, 2);
        AttributeWriter.putByte(out, 3, 0xfe);
        AttributeWriter.end(out, inner);
        AttributeWriter.putShort(out, 4, 0xabcd);
        AttributeWriter.end(out, outer);
        AttributeWriter.putLong(out, 5, -2);
        AttributeReader in = new AttributeReader().reset(out, 0, out.writerIndex());
        assertThat(in.next()).isTrue();
        int first = in.enter();
        assertThat(in.next()).isTrue();
        int second = in.enter();
        assertThat(in.next()).isTrue();
        assertThat(in.readUnsignedByte()).isEqualTo(0xfe);
        assertThat(in.next()).isFalse();
        in.leave(second);
        assertThat(in.next()).isTrue();
        assertThat(in.readUnsignedShort()).isEqualTo(0xabcd);
        in.leave(first);
        assertThat(in.next()).isTrue();
        assertThat(in.type()).isEqualTo(5);
        assertThat(in.readLong()).isEqualTo(-2);
        assertThat(in.next()).isFalse();
        assertThat(in.failed()).isFalse();
    }

    @Test
    void shouldStayFailedAfterAShortValue() {
        ByteBuf out = Unpooled.buffer();
        AttributeWriter.putByte(out, 1, 5);
        AttributeWriter.putInt(out, 2, 6);
        AttributeReader in = new AttributeReader().reset(out, 0, out.writerIndex());
        assertThat(in.next()).isTrue();
        assertThat(in.readInt()).isZero();
        assertThat(in.failed()).isTrue();
        assertThat(in.next()).isFalse();
    }

    @Test
    void shouldFailOnAnAttributeThatOutgrowsItsNest() {
        ByteBuf out = Unpooled.buffer();
        int nest = AttributeWriter.begin(out, 1);
        AttributeWriter.putInt(out, 2, 6);
        AttributeWriter.end(out, nest);
        out.setShortLE(4, 12);
        AttributeReader in = new AttributeReader().reset(out, 0, out.writerIndex());
        assertThat(in.next()).isTrue();
        int outer = in.enter();
        assertThat(in.next()).isFalse();
        in.leave(outer);
        assertThat(in.next()).isFalse();
        assertThat(in.failed()).isTrue();
    }

    private static NetlinkMessage error(int flags, int errno, int quoted, int tlvLength) {
        ByteBuf out = Unpooled.buffer();
        int message = NetlinkMessageWriter.begin(out, NetlinkMessage.ERROR, flags, 1, 2);
        out.writeIntLE(-errno);
        out.writeIntLE(quoted).writeZero(12).writeZero(Math.max(0, quoted - 16) + 3 & ~3);
        AttributeWriter.header(out, 1, tlvLength);
        out.writeBytes(new byte[] {'n', 'o', 0, 0});
        AttributeWriter.header(out, 2, 4);
        out.writeIntLE(0x7c);
        NetlinkMessageWriter.end(out, message);
        NetlinkMessage view = new NetlinkMessage();
        assertThat(view.wrap(out, 0, out.writerIndex())).isTrue();
        return view;
    }

    @Test
    void shouldReadTheExtendedAcknowledgement() {
        NetlinkMessage whole = error(NetlinkFlags.ACK_TLVS, 34, 30, 3);
        NetlinkMessage capped = error(NetlinkFlags.ACK_TLVS | NetlinkFlags.CAPPED, 34, 16, 3);
        for (NetlinkMessage message : List.of(whole, capped)) {
            NetlinkException error = NetlinkError.exception(message);
            assertThat(error.errno()).isEqualTo(Errno.ERANGE);
            assertThat(error.kernelText()).isEqualTo("no");
            assertThat(error.offset()).isEqualTo(0x7c);
            assertThat(error).hasMessage("Numerical result out of range (ERANGE): no at offset 124");
        }
    }

    @Test
    void shouldNotBelieveADamagedError() {
        assertThat(NetlinkError.text(error(0, 17, 16, 3))).isEmpty();
        for (int quoted : new int[] {9999, -5, 15, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            NetlinkMessage damaged = error(NetlinkFlags.ACK_TLVS, 17, 16, 3);
            damaged.buffer().setIntLE(damaged.payloadIndex() + 4, quoted);
            assertThat(NetlinkError.text(damaged)).isEmpty();
            assertThat(NetlinkError.offset(damaged)).isEqualTo(-1);
        }
        assertThat(NetlinkError.text(error(NetlinkFlags.ACK_TLVS | NetlinkFlags.CAPPED, 17, 16, 99))).isEmpty();
        assertThat(NetlinkError.errno(error(0, Integer.MIN_VALUE, 16, 3))).isEqualTo(Errno.EINVAL);
        ByteBuf empty = datagram(0);
        NetlinkMessage message = new NetlinkMessage();
        message.wrap(empty, 0, empty.writerIndex());
        assertThat(NetlinkError.errno(message)).isEqualTo(Errno.EINVAL);
        assertThat(NetlinkError.text(message)).isEmpty();
    }
}
