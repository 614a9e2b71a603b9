/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Conntrack over netlink: the codec between messages and the model, the event socket and the request socket.
 *
 * <p>Source: {@code linux/netfilter/nfnetlink_conntrack.h} and the kernel's behaviour.
 */
package org.statelink.conntrack.netlink;
