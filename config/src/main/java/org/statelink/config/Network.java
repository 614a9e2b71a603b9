/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Objects;

/**
 * An address with a prefix length. Bits behind the prefix are kept as written.
 *
 * @param address      IPv4 or IPv6
 * @param prefixLength bits, 0 to 32 or 128
 */
public record Network(InetAddress address, int prefixLength) {
    /** Checks the range. */
    public Network {
        Objects.requireNonNull(address, "address");
        Limits.between(0, bits(address), prefixLength, "prefix length");
    }

    /** A single address. */
    public static Network of(InetAddress address) {
        return new Network(address, bits(address));
    }

    /** Whether it is of version 6. */
    public boolean isIpv6() {
        return !(address instanceof Inet4Address);
    }

    /** Whether the prefix covers the whole address. */
    public boolean isHost() {
        return prefixLength == bits(address);
    }

    /** As a configuration writes it; no prefix length for a single address. */
    @Override
    public String toString() {
        return isHost() ? AddressText.format(address) : AddressText.format(address) + '/' + prefixLength;
    }

    private static int bits(InetAddress address) {
        return address instanceof Inet4Address ? 32 : 128;
    }
}
