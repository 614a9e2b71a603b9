/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;

/**
 * Turns a stream into its messages as {@link SyncFrameDecoder} does with datagrams. The bytes of a message that is not
 * complete yet are kept, fewer than 64 KiB, until more come or the connection ends. A stream in which nothing can be
 * found any more is closed. One per connection.
 */
public final class SyncStreamDecoder extends SimpleChannelInboundHandler<ByteBuf> implements MessageSplitter.Listener {
    private final MessageSplitter splitter;
    private ChannelHandlerContext context;
    private InetSocketAddress sender;
    private ByteBuf incomplete;

    /** Counts refusals in {@code counters}. */
    public SyncStreamDecoder(SyncCounters counters) {
        super(ByteBuf.class);
        splitter = new MessageSplitter(counters);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        sender = ctx.channel().remoteAddress() instanceof InetSocketAddress address ? address : null;
        incomplete = ctx.alloc().buffer();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        incomplete.release();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf received) {
        if (!incomplete.isReadable()) {
            split(ctx, received);
            incomplete.clear().writeBytes(received);
        } else {
            incomplete.writeBytes(received);
            split(ctx, incomplete);
            incomplete.discardReadBytes();
        }
    }

    private void split(ChannelHandlerContext ctx, ByteBuf stream) {
        if (!splitter.splitStream(stream, sender, this)) {
            ctx.close();
        }
    }

    @Override
    public void onMessage(SyncMessage message) {
        context.fireChannelRead(message);
    }
}
