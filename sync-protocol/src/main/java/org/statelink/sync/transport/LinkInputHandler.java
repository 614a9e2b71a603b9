/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;

/** First handler of a receiving channel: counts packets and drops those that this node sent itself. */
public final class LinkInputHandler extends ChannelInboundHandlerAdapter {
    private final SyncLink link;

    /** For a channel of the link. */
    public LinkInputHandler(SyncLink link) {
        this.link = link;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object packet) {
        if (packet instanceof DatagramPacket datagram && link.isOwn(datagram.sender())) {
            ReferenceCountUtil.release(packet);
            return;
        }
        link.received(bytesOf(packet));
        ctx.fireChannelRead(packet);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        link.receiveFailed();
    }

    private static int bytesOf(Object packet) {
        if (packet instanceof DatagramPacket datagram) {
            return datagram.content().readableBytes();
        }
        return packet instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
    }
}
