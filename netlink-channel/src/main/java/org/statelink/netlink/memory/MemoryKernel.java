/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.statelink.netlink.NetlinkAddress;

/**
 * What is at the other end of {@link MemoryNetlinkChannel}s: knows which are bound, to which groups. Thread safe;
 * what says so is called with the lock held.
 */
abstract class MemoryKernel {
    private static final int FIRST_PORT_ID = 4001;

    private final Map<MemoryNetlinkChannel, NetlinkAddress> sockets = new LinkedHashMap<>();
    private int nextPortId = FIRST_PORT_ID;

    /** The address that the channel gets, with a port id where it wants any. */
    final synchronized NetlinkAddress bind(MemoryNetlinkChannel channel, NetlinkAddress wanted) {
        int portId = wanted.portId() == 0 ? nextPortId++ : wanted.portId();
        NetlinkAddress address = new NetlinkAddress(portId, wanted.groups());
        sockets.put(channel, address);
        return address;
    }

    /** The channel, if it is bound, is in these groups from now on. */
    final synchronized void join(MemoryNetlinkChannel channel, int groups) {
        sockets.computeIfPresent(channel, (bound, address) -> new NetlinkAddress(address.portId(), groups));
    }

    /** The channel is closed. */
    final synchronized void unbind(MemoryNetlinkChannel channel) {
        sockets.remove(channel);
    }

    /** Works through one datagram of requests. The buffer stays the caller's. */
    abstract void request(MemoryNetlinkChannel channel, ByteBuf datagram);

    /** Puts the next page of the channel's dump into its queue, or the end. */
    abstract void dumpPage(MemoryNetlinkChannel channel);

    /** For whoever joined one of the groups. With the lock held. */
    final void forEachListener(int groups, Consumer<MemoryNetlinkChannel> action) {
        sockets.forEach((channel, address) -> {
            if ((address.groups() & groups) != 0) {
                action.accept(channel);
            }
        });
    }

    /** Hands the datagram over if the channel's filter lets it; it is lost where there is no room for it. */
    final void send(MemoryNetlinkChannel channel, ByteBuf datagram) {
        if (!channel.lets(datagram)) {
            datagram.release();
            return;
        }
        channel.queue().offer(datagram, channel.config().receiveBufferSize(), !channel.config().isNoEnobufs());
        channel.wakeUp();
    }

    /** Lets every subscriber of a group lose events, as a full receive buffer does, until it has read all. */
    public final synchronized void overrun() {
        forEachListener(~0, channel -> {
            channel.queue().overrun();
            channel.wakeUp();
        });
    }
}
