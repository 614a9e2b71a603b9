/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

/** Multicast groups of rtnetlink, as bits of {@code nl_groups} ({@code RTMGRP_*}). */
public final class RouteGroup {
    /** {@code RTMGRP_LINK}. */
    public static final int LINK = 0x1;
    /** {@code RTMGRP_IPV4_IFADDR}. */
    public static final int IPV4_ADDRESS = 0x10;
    /** {@code RTMGRP_IPV6_IFADDR}. */
    public static final int IPV6_ADDRESS = 0x100;

    private RouteGroup() {
    }
}
