/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

import io.netty.channel.ChannelConfig;

/**
 * The configuration of a {@link NetlinkChannel}. Setters can be called on any thread and work at once, except where
 * said otherwise; they throw {@link io.netty.channel.ChannelException} if the kernel refuses.
 */
public interface NetlinkChannelConfig extends ChannelConfig {
    /** The default of {@link #receiveSlots()}. */
    int DEFAULT_RECEIVE_SLOTS = 64;
    /** The default of {@link #receiveSlotSize()}, enough for any conntrack event. */
    int DEFAULT_RECEIVE_SLOT_SIZE = 4096;
    /** The slot size for a channel that dumps: the kernel fills up to 32 KiB per datagram if that much is offered. */
    int DUMP_RECEIVE_SLOT_SIZE = 32 * 1024;

    /** {@code SO_RCVBUF}: bytes of kernel memory for datagrams not yet read, bookkeeping included. */
    int receiveBufferSize();

    /**
     * Sets {@link #receiveBufferSize()}, beyond {@code net.core.rmem_max} if privileged ({@code SO_RCVBUFFORCE}), else
     * as far as that allows. The kernel doubles what it is given, so it is given half: what is set here is what
     * {@link #receiveBufferSize()} tells and what the kernel accounts against.
     *
     * @param bytes positive
     */
    NetlinkChannelConfig setReceiveBufferSize(int bytes);

    /** {@code SO_SNDBUF}: bytes of kernel memory for datagrams being sent; bounds the size of one datagram. */
    int sendBufferSize();

    /**
     * Sets {@link #sendBufferSize()}, in the way of {@link #setReceiveBufferSize}.
     *
     * @param bytes positive
     */
    NetlinkChannelConfig setSendBufferSize(int bytes);

    /**
     * {@code NETLINK_BROADCAST_ERROR}: the kernel learns when an event did not fit this receive buffer. Conntrack then
     * drops the packet and tries the event again. Off by default.
     */
    boolean isBroadcastError();

    /** Sets {@link #isBroadcastError()}. */
    NetlinkChannelConfig setBroadcastError(boolean on);

    /** {@code NETLINK_NO_ENOBUFS}: overruns are not reported, see {@link NetlinkOverrunEvent}. Off by default. */
    boolean isNoEnobufs();

    /** Sets {@link #isNoEnobufs()}. */
    NetlinkChannelConfig setNoEnobufs(boolean on);

    /** {@code NETLINK_CAP_ACK}: error answers carry the header of the request only, not all of it. Off by default. */
    boolean isCapAck();

    /** Sets {@link #isCapAck()}. */
    NetlinkChannelConfig setCapAck(boolean on);

    /** {@code NETLINK_EXT_ACK}: error answers carry attributes that say what was wrong. Off by default. */
    boolean isExtAck();

    /** Sets {@link #isExtAck()}. */
    NetlinkChannelConfig setExtAck(boolean on);

    /** How many datagrams one system call may read, 64 by default. */
    int receiveSlots();

    /**
     * Sets {@link #receiveSlots()}. Takes effect only before the channel's first read.
     *
     * @param slots 1 to 1024
     */
    NetlinkChannelConfig setReceiveSlots(int slots);

    /**
     * The longest datagram that can be received, in bytes, {@link #DEFAULT_RECEIVE_SLOT_SIZE} by default. The channel
     * keeps {@link #receiveSlots()} buffers of this size.
     */
    int receiveSlotSize();

    /**
     * Sets {@link #receiveSlotSize()}. Takes effect only before the channel's first read.
     *
     * @param bytes at least 64
     */
    NetlinkChannelConfig setReceiveSlotSize(int bytes);
}
