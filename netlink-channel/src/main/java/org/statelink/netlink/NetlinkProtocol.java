/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

/**
 * The netlink families that Statelink speaks ({@code linux/netlink.h}): the protocol argument of {@code socket(2)}.
 */
public final class NetlinkProtocol {
    /** {@code NETLINK_ROUTE}: links, addresses and routes. */
    public static final int ROUTE = 0;
    /** {@code NETLINK_NETFILTER}: nfnetlink and with it ctnetlink. */
    public static final int NETFILTER = 12;

    private NetlinkProtocol() {
    }
}
