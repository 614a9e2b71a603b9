/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Objects;
import org.statelink.sync.transport.LinkOptions;

/**
 * A dedicated link over TCP to one peer. There is no option for the checksum: TCP always has one.
 *
 * @param interfaceName network interface ({@code Interface})
 * @param preferred whether this is the output link at the start ({@code Default})
 * @param localAddress address of this host to listen on ({@code IPv4_address}, {@code IPv6_address})
 * @param destination address of the peer ({@code IPv4_Destination_Address}, {@code IPv6_Destination_Address})
 * @param port TCP port that both ends listen on ({@code Port})
 * @param sendBuffer bytes of the socket's send buffer, as requested from the kernel, which doubles it
 *     ({@code SndSocketBuffer}); 0: the system's default
 * @param receiveBuffer bytes of the socket's receive buffer, likewise ({@code RcvSocketBuffer}); 0: the system's
 *     default
 * @param errorQueueLength most packets that wait for a connection ({@code ErrorQueueLength})
 */
public record TcpOptions(String interfaceName, boolean preferred, InetAddress localAddress, InetAddress destination,
                         int port, int sendBuffer, int receiveBuffer, int errorQueueLength) implements LinkOptions {
    /** conntrackd's length of the error queue. */
    public static final int DEFAULT_ERROR_QUEUE_LENGTH = 128;
    private static final int MAX_PORT = 65_535;

    /** Checks what can be checked without the host. */
    public TcpOptions {
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
        if (errorQueueLength < 1) {
            throw new IllegalArgumentException("an error queue of length " + errorQueueLength);
        }
    }

    /** With the system's buffer sizes and conntrackd's error queue. */
    public static TcpOptions of(String interfaceName, InetAddress localAddress, InetAddress destination, int port) {
        return new TcpOptions(interfaceName, false, localAddress, destination, port, 0, 0,
            DEFAULT_ERROR_QUEUE_LENGTH);
    }

    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    public String transport() {
        return "TCP";
    }

    /** Whether this link runs over IPv6. */
    public boolean isIpv6() {
        return localAddress instanceof Inet6Address;
    }

    /** For messages to the operator. */
    String description() {
        return "the TCP link on `" + interfaceName + "' from " + localAddress.getHostAddress() + " to "
            + destination.getHostAddress() + " port " + port;
    }
}
