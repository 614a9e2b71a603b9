/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;

/** Sends each packet as a datagram over a connected channel. A datagram that fails is lost. On the channel's loop. */
public final class DatagramOutput implements LinkOutput {
    private final Channel channel;
    private Listener listener;
    private InetSocketAddress ownAddress;
    private boolean sendFailed;

    /** The channel takes a {@link ByteBuf} per datagram; until it is connected, what is sent is lost. */
    public DatagramOutput(Channel channel) {
        this.channel = Objects.requireNonNull(channel, "channel");
        updateOwnAddress();
        channel.pipeline().addLast("link-output", new OutputHandler());
    }

    /** Takes the address that the channel has now, by which our own packets are known. */
    public void updateOwnAddress() {
        SocketAddress address = channel.localAddress();
        ownAddress = address instanceof InetSocketAddress internet ? internet : null;
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

    @Override
    public void close() {
        channel.close();
    }

    /** Tells of failures, which a void promise sends through the pipeline, and of writability. */
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
