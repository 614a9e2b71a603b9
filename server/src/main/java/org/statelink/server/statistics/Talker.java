/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import org.statelink.conntrack.Addresses;
import org.statelink.conntrack.Tuple;

/**
 * An address from which flows began, and how much of the traffic is theirs.
 *
 * @param addressHigh high half of the address; 0 for IPv4, whose addresses are mapped into IPv6
 * @param addressLow low half of the address
 * @param weight bytes or flows within the window, never too few
 * @param error how many of them may belong to others
 */
public record Talker(long addressHigh, long addressLow, long weight, long error) {
    /** The upper half of the low half of an IPv4 address that is mapped into IPv6. */
    static final long IPV4_MAPPED = 0xffff_0000_0000L;

    /** The address in its shortest form. */
    public String address() {
        boolean ipv4 = addressHigh == 0 && addressLow >>> 32 == IPV4_MAPPED >>> 32;
        return ipv4 ? Addresses.format(Tuple.IPV4, 0, addressLow & 0xffff_ffffL)
            : Addresses.format(Tuple.IPV6, addressHigh, addressLow);
    }
}
