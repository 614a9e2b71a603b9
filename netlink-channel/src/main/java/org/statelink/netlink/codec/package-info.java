/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Netlink framing: messages within a datagram, attributes within a message, errors as the kernel tells them.
 *
 * <p>Headers are in host order, which is little-endian on every platform that Statelink runs on (x86-64, aarch64);
 * integers of netfilter attributes are big-endian. Nothing here allocates except errors. Source:
 * {@code linux/netlink.h}, {@code linux/netfilter/nfnetlink.h}, {@code netlink(7)}.
 */
package org.statelink.netlink.codec;
