/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

/**
 * User event: the kernel had datagrams for this socket and no room for them in its receive buffer
 * ({@code ENOBUFS}, man 7 netlink). An unknown number of events, or of answers, is lost for good; the channel stays
 * open and goes on reading. Whoever mirrors kernel state must read it anew.
 *
 * <p>The kernel tells an overrun once per congestion, that is until the receive buffer was found empty. The event is
 * fired before the datagrams that were queued when the buffer ran full. It is not fired with
 * {@link NetlinkChannelOption#NETLINK_NO_ENOBUFS}. Advice to the user: a bigger
 * {@link io.netty.channel.ChannelOption#SO_RCVBUF}.
 */
public final class NetlinkOverrunEvent {
    /** The only instance. */
    public static final NetlinkOverrunEvent INSTANCE = new NetlinkOverrunEvent();

    private NetlinkOverrunEvent() {
    }

    @Override
    public String toString() {
        return "NetlinkOverrunEvent";
    }
}
