/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The epoll implementation of the netlink channel; the native calls go through {@code java.lang.foreign}.
 */
package org.statelink.netlink.epoll;
