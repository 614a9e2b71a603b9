/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.multicast;

import io.netty.channel.epoll.EpollDatagramChannelConfig;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.statelink.sync.transport.LinkSocketOptions;

/**
 * The socket options of multicast, set as the kernel numbers them: the JDK's and Netty's own names for the loopback
 * differ in sense, and choose the interface by its first address only. Source: {@code linux/in.h},
 * {@code linux/in6.h}.
 */
final class MulticastSocketOptions {
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IP_MREQN_LENGTH = 12;
    private static final int IPV6_MREQ_LENGTH = 20;

    private static final RawUnixChannelOption IP_MULTICAST_IF =
        new RawUnixChannelOption("IP_MULTICAST_IF", IPPROTO_IP, 32, IP_MREQN_LENGTH);
    private static final IntegerUnixChannelOption IP_MULTICAST_LOOP =
        new IntegerUnixChannelOption("IP_MULTICAST_LOOP", IPPROTO_IP, 34);
    private static final RawUnixChannelOption IP_ADD_MEMBERSHIP =
        new RawUnixChannelOption("IP_ADD_MEMBERSHIP", IPPROTO_IP, 35, IP_MREQN_LENGTH);
    private static final IntegerUnixChannelOption IP_MULTICAST_ALL =
        new IntegerUnixChannelOption("IP_MULTICAST_ALL", IPPROTO_IP, 49);
    private static final IntegerUnixChannelOption IPV6_MULTICAST_IF =
        new IntegerUnixChannelOption("IPV6_MULTICAST_IF", IPPROTO_IPV6, 17);
    private static final IntegerUnixChannelOption IPV6_MULTICAST_LOOP =
        new IntegerUnixChannelOption("IPV6_MULTICAST_LOOP", IPPROTO_IPV6, 19);
    private static final RawUnixChannelOption IPV6_JOIN_GROUP =
        new RawUnixChannelOption("IPV6_JOIN_GROUP", IPPROTO_IPV6, 20, IPV6_MREQ_LENGTH);
    private static final IntegerUnixChannelOption IPV6_MULTICAST_ALL =
        new IntegerUnixChannelOption("IPV6_MULTICAST_ALL", IPPROTO_IPV6, 29);

    private MulticastSocketOptions() {
    }

    /** Packets leave by the interface, and do not come back to this host. Before the socket is connected. */
    static void sendOn(EpollDatagramChannelConfig config, MulticastOptions options, InetAddress local, int index) {
        if (options.isIpv6()) {
            config.setOption(IPV6_MULTICAST_IF, index);
            config.setOption(IPV6_MULTICAST_LOOP, 0);
        } else {
            config.setOption(IP_MULTICAST_IF, membership(options.group(), local, index));
            config.setOption(IP_MULTICAST_LOOP, 0);
        }
        LinkSocketOptions.checksum(config, options.checksum());
        LinkSocketOptions.sendBuffer(config, options.sendBuffer());
    }

    /** Packets to the group are received from the interface, and not those to groups that other sockets joined. */
    static void receiveOn(EpollDatagramChannelConfig config, MulticastOptions options, InetAddress local, int index) {
        if (options.isIpv6()) {
            config.setOption(IPV6_JOIN_GROUP, membership6(options.group(), index));
            config.setOption(IPV6_MULTICAST_ALL, 0);
        } else {
            config.setOption(IP_ADD_MEMBERSHIP, membership(options.group(), local, index));
            config.setOption(IP_MULTICAST_ALL, 0);
        }
        config.setReuseAddress(true);
        LinkSocketOptions.receiveBuffer(config, options.receiveBuffer());
    }

    /** {@code struct ip_mreqn}. */
    private static ByteBuffer membership(InetAddress group, InetAddress local, int index) {
        ByteBuffer request = ByteBuffer.allocate(IP_MREQN_LENGTH).order(ByteOrder.nativeOrder());
        return request.put(group.getAddress()).put(local.getAddress()).putInt(index).flip();
    }

    /** {@code struct ipv6_mreq}. */
    private static ByteBuffer membership6(InetAddress group, int index) {
        ByteBuffer request = ByteBuffer.allocate(IPV6_MREQ_LENGTH).order(ByteOrder.nativeOrder());
        return request.put(group.getAddress()).putInt(index).flip();
    }
}
