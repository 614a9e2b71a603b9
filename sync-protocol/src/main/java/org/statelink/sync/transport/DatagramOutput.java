/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;

/** Sends each packet as a datagram over a connected channel. A datagram that fails is lost. On the channel's loop. */
public final class DatagramOutput implements LinkOutput {
    private final OutputHandler handler = new OutputHandler();
    private Channel channel;
    private Listener listener;
    private InetSocketAddress ownAddress;
    private boolean sendFailed;
    private boolean closed;

    /** As {@link #use}. */
    public DatagramOutput(Channel channel) {
        use(channel);
    }

    /**
     * Sends on the channel from now on. It takes a {@link ByteBuf} per datagram and is connected, or closed: then all
     * is lost. Its address is the one by which our own packets are known.
     */
    public void use(Channel toChannel) {
        channel = Objects.requireNonNull(toChannel, "channel");
        SocketAddress address = channel.localAddress();
        ownAddress = address instanceof InetSocketAddress internet ? internet : null;
        channel.pipeline().addLast("link-output", handler);
    }

    @Override
    public void attach(Listener toListener) {
        listener = toListener;
    }

    @Override
    public boolean isStream() {
        return false;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isOwn(InetSocketAddress sender) {
        return ownAddress != null && sender != null && sender.getPort() == ownAddress.getPort()
            && sender.equals(ownAddress);
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable() || !channel.isActive();
    }

    @Override
    public void send(ByteBuf packet) {
        int bytes = packet.readableBytes();
        if (!channel.isActive()) {
            packet.release();
            listener.failed();
            return;
        }
        write(packet.retain());
        if (sendFailed && channel.isActive()) {
            // what fails may be an earlier datagram, refused by a peer that was not there then
            write(packet);
        } else {
            packet.release();
        }
        if (sendFailed) {
            listener.failed();
        } else {
            listener.sent(bytes);
        }
    }

    private void write(ByteBuf packet) {
        sendFailed = false;
        channel.writeAndFlush(packet, channel.voidPromise());
    }

    /** Whether nothing is to be sent any more. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        channel.close();
    }

    /** Tells of failures, which a void promise sends through the pipeline, and of writability. */
    @ChannelHandler.Sharable
    private final class OutputHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            sendFailed = true;
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (ctx.channel().isWritable() && listener != null) {
                listener.writable();
            }
            ctx.fireChannelWritabilityChanged();
        }
    }
}
