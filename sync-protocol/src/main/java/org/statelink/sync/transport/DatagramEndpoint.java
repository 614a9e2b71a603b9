/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.channel.epoll.EpollDatagramChannelConfig;
import java.io.IOException;
import java.net.InetSocketAddress;

/** What tells one transport of datagrams from another when a link is opened. Called on the link's loop. */
public interface DatagramEndpoint {
    /** Whether the link runs over IPv6. */
    boolean isIpv6();

    /** Checks the interface and sets the options of a socket that will send, before it is connected. */
    void configureOutput(LinkInterface device, EpollDatagramChannelConfig config) throws IOException;

    /** Checks the interface and sets the options of a socket that will receive, before it is bound. */
    void configureInput(LinkInterface device, EpollDatagramChannelConfig config) throws IOException;

    /** Where packets go. */
    InetSocketAddress destination(LinkInterface device) throws IOException;

    /** What the receiving socket is bound to. */
    InetSocketAddress receiveAddress(LinkInterface device) throws IOException;

    /** For messages to the operator, such as: the multicast link on `eth1' to 225.0.0.50 port 3780. */
    String description();
}
