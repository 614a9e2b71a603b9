/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

/** Makes channels to a kernel: the real one, or a double. Can be called on any thread. */
@FunctionalInterface
public interface NetlinkChannelFactory {
    /**
     * Opens a channel that is neither registered nor bound yet; the caller does both, or closes it. A channel to the
     * real kernel belongs to the network namespace of the calling thread.
     *
     * @param protocol one of {@link NetlinkProtocol}
     * @throws io.netty.channel.ChannelException if the socket cannot be opened
     */
    NetlinkChannel newChannel(int protocol);
}
