/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.channel.EventLoop;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import org.statelink.netlink.NetlinkChannel;
import org.statelink.netlink.NetlinkChannelConfig;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.NetlinkChannels;
import org.statelink.netlink.NetlinkProtocol;
import org.statelink.netlink.codec.NetlinkMessageDecoder;

/**
 * The event socket: tells a listener, on its loop, what happens in the kernel's conntrack table. The path from the
 * datagram to the listener allocates nothing.
 */
public final class ConntrackEvents implements AutoCloseable {
    private final NetlinkChannel channel;
    private final NetlinkMessageDecoder decoder = new NetlinkMessageDecoder();
    private final ConntrackEventHandler handler;

    private ConntrackEvents(NetlinkChannel channel, ConntrackEventListener listener) {
        this.channel = channel;
        handler = new ConntrackEventHandler(listener);
        channel.pipeline().addLast("messages", decoder).addLast("events", handler);
    }

    /**
     * Opens the socket in the network namespace of the calling thread. Any thread. Events can come before the future
     * completes; it fails with {@link io.netty.channel.ChannelException} or {@link java.io.IOException}.
     */
    public static Future<ConntrackEvents> open(NetlinkChannelFactory factory, EventLoop loop,
                                               ConntrackEventOptions options, ConntrackEventListener listener) {
        Promise<ConntrackEvents> promise = loop.newPromise();
        try {
            NetlinkChannel channel = factory.newChannel(NetlinkProtocol.NETFILTER);
            ConntrackEvents events = new ConntrackEvents(channel, listener);
            NetlinkChannels.configure(channel, config -> configure(config, options));
            NetlinkChannels.start(channel, loop, options.groups(), promise, events);
        } catch (RuntimeException e) {
            promise.setFailure(e);
        }
        return promise;
    }

    private static void configure(NetlinkChannelConfig config, ConntrackEventOptions options) {
        if (options.receiveBufferSize() > 0) {
            config.setReceiveBufferSize(options.receiveBufferSize());
        }
        if (options.reliable()) {
            config.setBroadcastError(true).setNoEnobufs(true);
        }
    }

    /** Bytes that the kernel keeps for events not yet read. Any thread. */
    public int receiveBufferSize() {
        return channel.config().receiveBufferSize();
    }

    /** Sets {@link #receiveBufferSize()}; works at once. Any thread. */
    public void setReceiveBufferSize(int bytes) {
        channel.config().setReceiveBufferSize(bytes);
    }

    /**
     * From now on only events of these groups come, {@link ConntrackGroup} bits, and those that came before and were
     * not read yet. The kernel makes no message where nobody is in its group. Any thread.
     *
     * @throws io.netty.channel.ChannelException if the kernel refuses
     */
    public void setGroups(int groups) {
        channel.setGroups(groups);
    }

    /**
     * Sets how many events are read at most before the loop serves somebody else, to the next multiple of what one
     * system call reads. Any thread.
     *
     * @param events at least 1
     */
    public void setEventsPerTurn(int events) {
        MaxMessagesRecvByteBufAllocator bounds = channel.config().getRecvByteBufAllocator();
        bounds.maxMessagesPerRead(events);
        channel.config().setReceiveSlots(Math.min(events, NetlinkChannelConfig.DEFAULT_RECEIVE_SLOTS));
    }

    /** Messages that were malformed, and dropped. On the loop. */
    public long malformed() {
        return decoder.malformed() + handler.malformed();
    }

    /** The channel, for its counters, its port id and a kernel-side filter. */
    public NetlinkChannel channel() {
        return channel;
    }

    /** Closes the socket; no event comes afterwards. Any thread. */
    @Override
    public void close() {
        channel.close();
    }
}
