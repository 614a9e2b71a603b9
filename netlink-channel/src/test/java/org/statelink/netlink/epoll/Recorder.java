/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The last handler of a tested channel: keeps what arrived, for any thread. */
final class Recorder extends SimpleChannelInboundHandler<ByteBuf> {
    final List<byte[]> datagrams = new CopyOnWriteArrayList<>();
    final List<Object> events = new CopyOnWriteArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final AtomicInteger completed = new AtomicInteger();
    final AtomicInteger active = new AtomicInteger();
    final AtomicInteger inactive = new AtomicInteger();

    Recorder() {
        super(ByteBuf.class);
    }

    /** One netlink message's header. */
    record Header(int length, int type, int flags, int sequence, int portId) {
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf datagram) {
        datagrams.add(ByteBufUtil.getBytes(datagram));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        completed.incrementAndGet();
        context.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        events.add(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failures.add(cause);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        active.incrementAndGet();
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inactive.incrementAndGet();
        context.fireChannelInactive();
    }

    /** The headers of all messages, walked over from datagram to datagram. */
    List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        for (byte[] datagram : datagrams) {
            ByteBuffer in = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
            while (in.remaining() >= 16) {
                Header header = header(in);
                headers.add(header);
                in.position(Math.min(in.limit(), in.position() + (header.length() + 3 & ~3)));
            }
        }
        return headers;
    }

    private static Header header(ByteBuffer in) {
        int at = in.position();
        return new Header(in.getInt(at), in.getShort(at + 4) & 0xffff, in.getShort(at + 6) & 0xffff,
            in.getInt(at + 8), in.getInt(at + 12));
    }

    long count(int type) {
        return headers().stream().filter(header -> header.type() == type).count();
    }
}
