/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import org.statelink.netlink.codec.Errno;
import org.statelink.netlink.codec.NetlinkFlags;
import org.statelink.netlink.codec.NetlinkMessage;
import org.statelink.netlink.codec.NetlinkMessageWriter;
import org.statelink.netlink.route.InterfaceState;
import org.statelink.netlink.route.InterfaceStatus;
import org.statelink.netlink.route.RouteCodec;
import org.statelink.netlink.route.RouteGroup;
import org.statelink.netlink.route.RouteMessageType;

/**
 * The network interfaces of a {@link KernelDouble}, and the channels that watch them by rtnetlink. They carry nothing:
 * a test says what becomes of them. Thread safe.
 */
public final class KernelInterfaces extends MemoryKernel {
    private static final int ROOM = 128;
    private static final int AF_INET6 = 10;

    private final Map<String, InterfaceState> interfaces = new LinkedHashMap<>();
    private final NetlinkMessage message = new NetlinkMessage();
    private int nextIndex = 1;

    KernelInterfaces() {
        set("lo", InterfaceStatus.RUNNING);
    }

    /** Adds an interface, or changes one. */
    public synchronized void set(String name, InterfaceStatus status) {
        InterfaceState before = interfaces.get(name);
        InterfaceState state = new InterfaceState(before == null ? nextIndex++ : before.index(), name, status);
        interfaces.put(name, state);
        tell(RouteMessageType.NEW_LINK, state);
    }

    /** Gives an interface another name. */
    public synchronized void rename(String from, String to) {
        InterfaceState before = interfaces.remove(from);
        InterfaceState state = new InterfaceState(before.index(), to, before.status());
        interfaces.put(to, state);
        tell(RouteMessageType.NEW_LINK, state);
    }

    /** Removes an interface; if it is added again it has another index. */
    public synchronized void remove(String name) {
        InterfaceState state = interfaces.remove(name);
        if (state != null) {
            tell(RouteMessageType.DELETE_LINK, state);
        }
    }

    /** Tells that an interface has one more IPv6 address, which may still be checked to be unique. */
    public synchronized void addAddress(String name, boolean tentative) {
        InterfaceState state = interfaces.get(name);
        forEachListener(RouteGroup.IPV6_ADDRESS, channel -> {
            ByteBuf out = channel.alloc().buffer(ROOM);
            int event = NetlinkMessageWriter.begin(out, RouteMessageType.NEW_ADDRESS, 0, 0, 0);
            RouteCodec.writeAddress(out, AF_INET6, tentative, state.index());
            NetlinkMessageWriter.end(out, event);
            send(channel, out);
        });
    }

    private void tell(int type, InterfaceState state) {
        forEachListener(RouteGroup.LINK, channel -> {
            ByteBuf out = channel.alloc().buffer(ROOM);
            link(out, type, 0, 0, 0, state);
            send(channel, out);
        });
    }

    private static void link(ByteBuf out, int type, int flags, int sequence, int portId, InterfaceState state) {
        int index = NetlinkMessageWriter.begin(out, type, flags, sequence, portId);
        RouteCodec.writeLink(out, state);
        NetlinkMessageWriter.end(out, index);
    }

    @Override
    synchronized void request(MemoryNetlinkChannel channel, ByteBuf datagram) {
        if (!message.wrap(datagram, datagram.readerIndex(), datagram.writerIndex())) {
            return;
        }
        ByteBuf out = channel.alloc().buffer(ROOM);
        int portId = channel.localAddress().portId();
        if (message.type() == RouteMessageType.GET_LINK && message.hasFlag(NetlinkFlags.DUMP)) {
            interfaces.values().forEach(state ->
                link(out, RouteMessageType.NEW_LINK, NetlinkFlags.MULTI, message.sequence(), portId, state));
            KernelMessages.done(out, 0, message.sequence(), portId);
        } else {
            KernelMessages.answer(out, message, portId, Errno.EOPNOTSUPP, "", true);
        }
        channel.queue().add(out);
        channel.wakeUp();
    }

    /** A dump is answered at once. */
    @Override
    void dumpPage(MemoryNetlinkChannel channel) {
        // nothing is ever left of it
    }
}
