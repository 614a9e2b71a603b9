/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * A dedicated link over UDP to one peer.
 *
 * @param preferred     see {@link LinkConfig#preferred()}
 * @param interfaceName see {@link LinkConfig#interfaceName()}
 * @param address       the local address to receive on; required
 * @param destination   the peer's address; required in practice
 * @param port          the UDP port at both ends; see {@link LinkConfig#port()}
 * @param sendBuffer    see {@link LinkConfig#sendBuffer()}
 * @param receiveBuffer see {@link LinkConfig#receiveBuffer()}
 * @param checksum      see {@link LinkConfig#checksum()}
 */
public record UdpLink(
        boolean preferred,
        Optional<String> interfaceName,
        Optional<InetAddress> address,
        Optional<InetAddress> destination,
        int port,
        int sendBuffer,
        int receiveBuffer,
        boolean checksum) implements LinkConfig {
    /** Checks the ranges. */
    public UdpLink {
        Objects.requireNonNull(interfaceName, "interfaceName");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(destination, "destination");
        Limits.between(0, 65535, port, "port");
        Limits.atLeast(0, sendBuffer, "sendBuffer");
        Limits.atLeast(0, receiveBuffer, "receiveBuffer");
    }

    @Override
    public Transport transport() {
        return Transport.UDP;
    }
}
