/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Rtnetlink, as far as Statelink needs it: which network interfaces there are, and whether they carry packets. Integers
 * of these messages are in host order, which is little-endian on every platform that Statelink runs on. Source:
 * {@code linux/rtnetlink.h}, {@code linux/if_link.h}, {@code linux/if_addr.h}, {@code rtnetlink(7)}.
 */
package org.statelink.netlink.route;
