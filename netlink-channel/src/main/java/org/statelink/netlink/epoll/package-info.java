/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The epoll implementation of the netlink channel. {@link org.statelink.netlink.epoll.EpollNetlinkChannel} is a Netty
 * channel like Netty's own, made of its public classes only; it reads by {@code BurstReader}, writes by
 * {@code DatagramWriter}, and tells epoll what it waits for by {@code Interest}.
 *
 * <p>Netty has no netlink sockets: {@code NetlinkSocket} calls the C library through {@code java.lang.foreign}, only
 * by way of {@code LibC}. The JVM needs {@code --enable-native-access} for it.
 */
package org.statelink.netlink.epoll;
