/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.multicast;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Objects;
import org.statelink.sync.transport.LinkOptions;

/**
 * A dedicated link over multicast.
 *
 * @param interfaceName network interface ({@code Interface})
 * @param preferred whether this is the output link at the start ({@code Default})
 * @param group multicast group, IPv4 or IPv6 ({@code IPv4_address}, {@code IPv6_address})
 * @param port UDP port ({@code Group})
 * @param localAddress address of the interface, which packets come from ({@code IPv4_interface}); null: any it has.
 *     Not used with IPv6
 * @param sendBuffer bytes of the socket's send buffer, as requested from the kernel, which doubles it
 *     ({@code SndSocketBuffer}); 0: the system's default
 * @param receiveBuffer bytes of the socket's receive buffer, likewise ({@code RcvSocketBuffer}); 0: the system's
 *     default
 * @param checksum whether the UDP checksum is filled in ({@code Checksum}); IPv6 always does
 */
public record MulticastOptions(String interfaceName, boolean preferred, InetAddress group, int port,
                               InetAddress localAddress, int sendBuffer, int receiveBuffer, boolean checksum)
    implements LinkOptions {
    private static final int MAX_PORT = 65_535;

    /** Checks what can be checked without the host. */
    public MulticastOptions {
        Objects.requireNonNull(interfaceName, "interfaceName");
        Objects.requireNonNull(group, "group");
        if (!group.isMulticastAddress()) {
            throw new IllegalArgumentException(group.getHostAddress() + " is not a multicast address");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port);
        }
        if (localAddress instanceof Inet6Address && group instanceof Inet4Address) {
            throw new IllegalArgumentException("an IPv6 address for an IPv4 group");
        }
        if (sendBuffer < 0 || receiveBuffer < 0) {
            throw new IllegalArgumentException("a socket buffer below 0");
        }
    }

    /** With the system's buffer sizes and checksums. */
    public static MulticastOptions of(String interfaceName, InetAddress group, int port) {
        return new MulticastOptions(interfaceName, false, group, port, null, 0, 0, true);
    }

    @Override
    public String transport() {
        return MulticastTransportProvider.NAME;
    }

    /** Whether this link runs over IPv6. */
    public boolean isIpv6() {
        return group instanceof Inet6Address;
    }
}
