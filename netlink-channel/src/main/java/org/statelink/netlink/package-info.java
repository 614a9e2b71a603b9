/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A Netty channel over {@code AF_NETLINK}: {@link org.statelink.netlink.NetlinkChannel}, its configuration and
 * options, its address, the events that it fires when something was lost, and the factory that hides which kernel is
 * behind it. Nothing here knows what the datagrams say.
 */
package org.statelink.netlink;
