/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Splits each datagram into messages and passes them on, one after the other, as one reused {@link NetlinkMessage}.
 * Takes over the datagram and releases it. What is not a message is counted, and the rest of its datagram dropped.
 * One per channel; called on the channel's loop.
 */
public final class NetlinkMessageDecoder extends ChannelInboundHandlerAdapter {
    private final NetlinkMessage message = new NetlinkMessage();
    private long malformed;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof ByteBuf datagram)) {
            ctx.fireChannelRead(msg);
            return;
        }
        try {
            split(ctx, datagram);
        } finally {
            message.clear();
            datagram.release();
        }
    }

    private void split(ChannelHandlerContext ctx, ByteBuf datagram) {
        int end = datagram.writerIndex();
        for (int index = datagram.readerIndex(); index < end; index = message.nextIndex()) {
            if (!message.wrap(datagram, index, end)) {
                malformed++;
                return;
            }
            ctx.fireChannelRead(message);
        }
    }

    /** Datagrams that held something that is no message. */
    public long malformed() {
        return malformed;
    }
}
