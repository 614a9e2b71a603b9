/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A Netty channel over {@code AF_NETLINK}: the channel, its configuration, its addresses and its events.
 */
package org.statelink.netlink;
