/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.udp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Objects;
import org.statelink.sync.transport.LinkOptions;

/**
 * A dedicated link over UDP to one peer.
 *
 * @param interfaceName network interface ({@code Interface})
 * @param preferred whether this is the output link at the start ({@code Default})
 * @param localAddress address of this host to receive on ({@code IPv4_address}, {@code IPv6_address})
 * @param destination address of the peer ({@code IPv4_Destination_Address}, {@code IPv6_Destination_Address})
 * @param port UDP port at both ends ({@code Port})
 * @param sendBuffer bytes of the socket's send buffer, as requested from the kernel, which doubles it
 *     ({@code SndSocketBuffer}); 0: the system's default
 * @param receiveBuffer bytes of the socket's receive buffer, likewise ({@code RcvSocketBuffer}); 0: the system's
 *     default
 * @param checksum whether the UDP checksum is filled in ({@code Checksum}); IPv6 always does
 */
public record UdpOptions(String interfaceName, boolean preferred, InetAddress localAddress, InetAddress destination,
                         int port, int sendBuffer, int receiveBuffer, boolean checksum) implements LinkOptions {
    private static final int MAX_PORT = 65_535;

    /** Checks what can be checked without the host. */
    public UdpOptions {
        Objects.requireNonNull(interfaceName, "interfaceName");
        Objects.requireNonNull(localAddress, "localAddress");
        Objects.requireNonNull(destination, "destination");
        if (localAddress instanceof Inet6Address != destination instanceof Inet6Address) {
            throw new IllegalArgumentException("an IPv4 and an IPv6 address on one link");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port);
        }
        if (sendBuffer < 0 || receiveBuffer < 0) {
            throw new IllegalArgumentException("a socket buffer below 0");
        }
    }

    /** With the system's buffer sizes and checksums. */
    public static UdpOptions of(String interfaceName, InetAddress localAddress, InetAddress destination, int port) {
        return new UdpOptions(interfaceName, false, localAddress, destination, port, 0, 0, true);
    }

    @Override
    public String transport() {
        return "UDP";
    }

    /** Whether this link runs over IPv6. */
    public boolean isIpv6() {
        return localAddress instanceof Inet6Address;
    }
}
