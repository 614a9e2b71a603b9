/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Text and bytes of the addresses that {@link Tuple} keeps as longs. */
public final class Addresses {
    private Addresses() {
    }

    /** Shortest text form, as {@code inet_ntop(3)} writes it; empty for no family. Allocates. */
    public static String format(int family, long high, long low) {
        if (family == Tuple.IPV4) {
            return (low >>> 24 & 0xff) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
        }
        return family == Tuple.IPV6 ? Ipv6Text.format(high, low) : "";
    }

    /** The address as the JDK knows it; an IPv4-mapped IPv6 address turns into an IPv4 one. Allocates. */
    public static InetAddress toInetAddress(int family, long high, long low) {
        ByteBuffer bytes = family == Tuple.IPV4
            ? ByteBuffer.allocate(4).putInt((int) low)
            : ByteBuffer.allocate(16).putLong(high).putLong(low);
        try {
            return InetAddress.getByAddress(bytes.array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are always an address", e);
        }
    }
}
