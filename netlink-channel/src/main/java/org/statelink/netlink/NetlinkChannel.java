/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

import io.netty.channel.Channel;

/**
 * A socket between the kernel and this process ({@code AF_NETLINK}, {@code SOCK_RAW}), in the network namespace of
 * the thread that opened it.
 *
 * <p>It becomes active when bound to a {@link NetlinkAddress}; it cannot be connected, its peer is the kernel.
 * Inbound messages are {@link io.netty.buffer.ByteBuf}s, one per datagram, of one or more whole netlink messages; the
 * receiving handler owns them and releases them. A handler that releases them within {@code channelRead} makes the
 * receive path free of garbage. Outbound messages are {@code ByteBuf}s too, one per datagram; a datagram that the
 * kernel refuses fails its own promise only ({@link io.netty.channel.unix.Errors.NativeIoException} with the errno)
 * and leaves the channel open. The kernel does the work of a request within the write, on the channel's loop.
 *
 * <p>User events: {@link NetlinkOverrunEvent}, {@link NetlinkTruncationEvent}.
 */
public interface NetlinkChannel extends Channel {
    /** The address bound to, with the port id that the kernel chose; null before that. */
    @Override
    NetlinkAddress localAddress();

    /** Always {@link NetlinkAddress#KERNEL} once the channel is bound, else null. */
    @Override
    NetlinkAddress remoteAddress();

    @Override
    NetlinkChannelConfig config();

    /** What this channel received and lost. */
    NetlinkCounters counters();

    /**
     * From now on the channel, which is bound, is in these multicast groups and in no other
     * ({@code NETLINK_ADD_MEMBERSHIP}, man 7 netlink). What was sent to the others before can still be read.
     * {@link #localAddress()} goes on telling those bound to. Any thread.
     *
     * @param groups as in {@link NetlinkAddress#groups()}
     * @throws io.netty.channel.ChannelException if the kernel refuses; then it is in some of them
     */
    void setGroups(int groups);

    /**
     * Has the kernel drop datagrams before they reach the receive buffer: a classic BPF program that is run over
     * each datagram ({@code SO_ATTACH_FILTER}, man 7 socket). It replaces an earlier one. Any thread.
     *
     * @param program 1 to {@link BpfInstruction#MAX_INSTRUCTIONS} instructions
     * @throws io.netty.channel.ChannelException if the kernel refuses the program
     */
    void attachFilter(BpfInstruction... program);

    /**
     * Removes the filter; does nothing if there is none. Any thread.
     *
     * @throws io.netty.channel.ChannelException if the kernel refuses
     */
    void detachFilter();
}
