/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;

/**
 * One dedicated link: a channel that sends, a channel that receives (it may be the same), and counters. All methods are
 * called on the loop of both channels, the state loop.
 */
public final class SyncLink {
    private final int index;
    private final LinkOptions options;
    private final int mtu;
    private final int overhead;
    private final Channel output;
    private final Channel input;
    private final LinkCounters counters = new LinkCounters();
    private InetSocketAddress ownAddress;
    private Runnable writable = () -> { };
    private boolean sendFailed;

    /**
     * Makes a link of open channels.
     *
     * @param index place in the configuration, from 0
     * @param options what the configuration says
     * @param mtu of the interface, bytes
     * @param overhead bytes of each packet that the network's and the transport's headers take
     * @param output takes a {@link ByteBuf} per packet
     * @param input receives; closed together with the output
     */
    public SyncLink(int index, LinkOptions options, int mtu, int overhead, Channel output, Channel input) {
        this.index = index;
        this.options = Objects.requireNonNull(options, "options");
        this.mtu = mtu;
        this.overhead = overhead;
        this.output = Objects.requireNonNull(output, "output");
        this.input = Objects.requireNonNull(input, "input");
        updateOwnAddress();
        output.pipeline().addLast("link-output", new OutputHandler());
    }

    /** Takes the address that the output channel has now, by which our own packets are known. */
    public void updateOwnAddress() {
        SocketAddress address = output.localAddress();
        ownAddress = address instanceof InetSocketAddress internet ? internet : null;
    }

    /** Place in the configuration, from 0. */
    public int index() {
        return index;
    }

    /** Name of the network interface. */
    public String interfaceName() {
        return options.interfaceName();
    }

    /** What the configuration says. */
    public LinkOptions options() {
        return options;
    }

    /** MTU of the interface when the link was opened, bytes. */
    public int mtu() {
        return mtu;
    }

    /** Messages are batched while they take strictly less than this many bytes. */
    public int batchLimit() {
        return mtu - overhead;
    }

    /** What went over this link. */
    public LinkCounters counters() {
        return counters;
    }

    /** Where packets go out. */
    public Channel output() {
        return output;
    }

    /** Where packets come in. */
    public Channel input() {
        return input;
    }

    /** Whether the sender of a packet is this link itself. */
    public boolean isOwn(InetSocketAddress sender) {
        return ownAddress != null && sender != null && sender.getPort() == ownAddress.getPort()
            && sender.equals(ownAddress);
    }

    /** Whether the link takes more now; a closed one does, and loses it. */
    public boolean isWritable() {
        return output.isWritable() || !output.isActive();
    }

    /** Has {@code task} run whenever the link becomes writable again. */
    public void whenWritable(Runnable task) {
        writable = Objects.requireNonNull(task, "task");
    }

    /** Sends one packet at once; a failure is counted and the packet is lost. Releases the buffer. */
    public void send(ByteBuf packet) {
        int bytes = packet.readableBytes();
        sendFailed = false;
        if (output.isActive()) {
            output.writeAndFlush(packet, output.voidPromise());
        } else {
            packet.release();
            sendFailed = true;
        }
        if (sendFailed) {
            counters.sendFailed();
        } else {
            counters.sent(bytes);
        }
    }

    /** Stops and restarts reading; what was read already may still be told of. */
    public void setReceiving(boolean receiving) {
        input.config().setAutoRead(receiving);
    }

    void received(int bytes) {
        counters.received(bytes);
    }

    void receiveFailed() {
        counters.receiveFailed();
    }

    /** Closes both channels. */
    public void close() {
        output.close();
        input.close();
    }

    @Override
    public String toString() {
        return "link " + index + " on " + interfaceName();
    }

    /** Tells of failures, which a void promise sends through the pipeline, and of writability. */
    private final class OutputHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            sendFailed = true;
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (ctx.channel().isWritable()) {
                writable.run();
            }
            ctx.fireChannelWritabilityChanged();
        }
    }
}
