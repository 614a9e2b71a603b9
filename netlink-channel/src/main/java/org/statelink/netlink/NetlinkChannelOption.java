/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

import io.netty.channel.ChannelOption;

/**
 * The options of a {@link NetlinkChannel}, beside {@link ChannelOption#SO_RCVBUF} and {@link ChannelOption#SO_SNDBUF}.
 * Each is explained at its accessor in {@link NetlinkChannelConfig}.
 */
public final class NetlinkChannelOption {
    /** See {@link NetlinkChannelConfig#isBroadcastError()}. */
    public static final ChannelOption<Boolean> NETLINK_BROADCAST_ERROR = option("NETLINK_BROADCAST_ERROR");
    /** See {@link NetlinkChannelConfig#isNoEnobufs()}. */
    public static final ChannelOption<Boolean> NETLINK_NO_ENOBUFS = option("NETLINK_NO_ENOBUFS");
    /** See {@link NetlinkChannelConfig#isCapAck()}. */
    public static final ChannelOption<Boolean> NETLINK_CAP_ACK = option("NETLINK_CAP_ACK");
    /** See {@link NetlinkChannelConfig#isExtAck()}. */
    public static final ChannelOption<Boolean> NETLINK_EXT_ACK = option("NETLINK_EXT_ACK");
    /** See {@link NetlinkChannelConfig#receiveSlots()}. */
    public static final ChannelOption<Integer> RECEIVE_SLOTS = option("RECEIVE_SLOTS");
    /** See {@link NetlinkChannelConfig#receiveSlotSize()}. */
    public static final ChannelOption<Integer> RECEIVE_SLOT_SIZE = option("RECEIVE_SLOT_SIZE");

    private NetlinkChannelOption() {
    }

    private static <T> ChannelOption<T> option(String name) {
        return ChannelOption.valueOf(NetlinkChannelOption.class, name);
    }
}
