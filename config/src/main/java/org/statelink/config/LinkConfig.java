/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * One dedicated link. What a daemon cannot start without may still be absent here, because the classic language accepts
 * it so; a check names it.
 */
public sealed interface LinkConfig permits MulticastLink, UdpLink, TcpLink {
    /** What carries the messages. */
    Transport transport();

    /** Whether to send on this link first; default no. If no link says so, it is the first. */
    boolean preferred();

    /** The network interface, which gives the MTU, the link state and the scope of IPv6 addresses; required. */
    Optional<String> interfaceName();

    /** The UDP or TCP port, 0 to 65535; default 0, which no daemon should be left at. */
    int port();

    /** Bytes of the socket's send buffer as asked of the kernel (which doubles it); default 0: the system's. */
    int sendBuffer();

    /** Bytes of the socket's receive buffer as asked of the kernel (which doubles it); default 0: the system's. */
    int receiveBuffer();

    /** Whether the kernel computes the UDP checksum of what is sent; default on. Without meaning for TCP. */
    boolean checksum();

    /** The multicast group, or the local address of a unicast link: what decides on the link's address family. */
    Optional<InetAddress> address();

    /** The transports. */
    enum Transport {
        /** UDP to a multicast group. */
        MULTICAST("Multicast"),
        /** UDP to one peer. */
        UDP("UDP"),
        /** TCP to one peer. */
        TCP("TCP");

        private final String keyword;

        Transport(String keyword) {
            this.keyword = keyword;
        }

        /** The word that opens such a link in the classic language. */
        public String keyword() {
            return keyword;
        }
    }
}
