/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

/** Types of rtnetlink messages ({@code RTM_*}, {@code linux/rtnetlink.h}). */
public final class RouteMessageType {
    /** {@code RTM_NEWLINK}: an interface came or changed. */
    public static final int NEW_LINK = 16;
    /** {@code RTM_DELLINK}: an interface is no more. */
    public static final int DELETE_LINK = 17;
    /** {@code RTM_GETLINK}. */
    public static final int GET_LINK = 18;
    /** {@code RTM_NEWADDR}: an interface has one more address, or an address changed. */
    public static final int NEW_ADDRESS = 20;

    private RouteMessageType() {
    }
}
