/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * A dedicated link over UDP multicast.
 *
 * @param preferred        see {@link LinkConfig#preferred()}
 * @param interfaceName    see {@link LinkConfig#interfaceName()}
 * @param group            the group's address; required
 * @param interfaceAddress the local address for membership and sending; required for an IPv4 group, unused for IPv6
 * @param port             the UDP port, which the classic language calls Group; see {@link LinkConfig#port()}
 * @param sendBuffer       see {@link LinkConfig#sendBuffer()}
 * @param receiveBuffer    see {@link LinkConfig#receiveBuffer()}
 * @param checksum         see {@link LinkConfig#checksum()}
 */
public record MulticastLink(
        boolean preferred,
        Optional<String> interfaceName,
        Optional<InetAddress> group,
        Optional<Inet4Address> interfaceAddress,
        int port,
        int sendBuffer,
        int receiveBuffer,
        boolean checksum) implements LinkConfig {
    /** Checks the ranges. */
    public MulticastLink {
        Objects.requireNonNull(interfaceName, "interfaceName");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(interfaceAddress, "interfaceAddress");
        Limits.between(0, 65535, port, "port");
        Limits.atLeast(0, sendBuffer, "sendBuffer");
        Limits.atLeast(0, receiveBuffer, "receiveBuffer");
    }

    @Override
    public Transport transport() {
        return Transport.MULTICAST;
    }

    /** The same as {@link #group()}. */
    @Override
    public Optional<InetAddress> address() {
        return group;
    }
}
