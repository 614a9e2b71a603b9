/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;

/**
 * Turns a datagram into its messages: fires one {@link SyncMessage} after the other, always the same object, and
 * releases the datagram. The messages go through the whole pipeline before the next is fired. One per channel.
 */
public final class SyncFrameDecoder extends SimpleChannelInboundHandler<DatagramPacket>
    implements MessageSplitter.Listener {

    private final MessageSplitter splitter;
    private ChannelHandlerContext context;

    /** Counts refusals in {@code counters}. */
    public SyncFrameDecoder(SyncCounters counters) {
        super(DatagramPacket.class);
        splitter = new MessageSplitter(counters);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
        splitter.splitDatagram(datagram.content(), datagram.sender(), this);
    }

    @Override
    public void onMessage(SyncMessage message) {
        context.fireChannelRead(message);
    }
}
