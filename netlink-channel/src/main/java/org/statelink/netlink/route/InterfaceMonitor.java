/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.Optional;
import org.statelink.netlink.NetlinkChannel;
import org.statelink.netlink.NetlinkChannelConfig;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.NetlinkChannels;
import org.statelink.netlink.NetlinkProtocol;
import org.statelink.netlink.codec.NetlinkMessageDecoder;

/**
 * Watches the network interfaces of a network namespace: reads them all, then listens for what changes, and reads them
 * all again where the kernel had to drop such news. Needs no privilege.
 */
public final class InterfaceMonitor implements AutoCloseable {
    private static final int GROUPS = RouteGroup.LINK | RouteGroup.IPV4_ADDRESS | RouteGroup.IPV6_ADDRESS;
    private static final int RECEIVE_SLOTS = 4;

    private final NetlinkChannel channel;
    private final NetlinkMessageDecoder decoder = new NetlinkMessageDecoder();
    private final InterfaceTable table;
    private final InterfaceMonitorHandler handler;

    private InterfaceMonitor(NetlinkChannel channel, InterfaceListener listener, Promise<Void> read) {
        this.channel = channel;
        table = new InterfaceTable(listener);
        handler = new InterfaceMonitorHandler(table, read);
        channel.pipeline().addLast("messages", decoder).addLast("interfaces", handler);
    }

    /**
     * Opens a monitor in the network namespace of the calling thread. Any thread. The future completes when all
     * interfaces are known, of which the listener was told by then; it fails with
     * {@link io.netty.channel.ChannelException} or {@link java.io.IOException}.
     */
    public static Future<InterfaceMonitor> open(NetlinkChannelFactory factory, EventLoop loop,
                                                InterfaceListener listener) {
        Promise<InterfaceMonitor> promise = loop.newPromise();
        try {
            NetlinkChannel channel = factory.newChannel(NetlinkProtocol.ROUTE);
            Promise<Void> read = loop.newPromise();
            InterfaceMonitor monitor = new InterfaceMonitor(channel, listener, read);
            NetlinkChannels.configure(channel, config -> config.setReceiveSlots(RECEIVE_SLOTS)
                .setReceiveSlotSize(NetlinkChannelConfig.DUMP_RECEIVE_SLOT_SIZE));
            read.addListener(done -> monitor.complete(promise, done.cause()));
            Promise<Void> bound = loop.newPromise();
            bound.addListener(done -> {
                if (!done.isSuccess()) {
                    read.tryFailure(done.cause());
                }
            });
            NetlinkChannels.start(channel, loop, GROUPS, bound, null);
        } catch (RuntimeException e) {
            promise.setFailure(e);
        }
        return promise;
    }

    private void complete(Promise<InterfaceMonitor> promise, Throwable failure) {
        if (failure == null) {
            promise.setSuccess(this);
        } else {
            close();
            promise.setFailure(failure);
        }
    }

    /** The interface of this name, as the kernel told of it last. On the loop. */
    public Optional<InterfaceState> find(String name) {
        return table.find(name);
    }

    /** Messages that were malformed, and dropped. On the loop. */
    public long malformed() {
        return decoder.malformed() + handler.malformed();
    }

    /** Stops watching. Any thread. */
    @Override
    public void close() {
        channel.close();
    }
}
