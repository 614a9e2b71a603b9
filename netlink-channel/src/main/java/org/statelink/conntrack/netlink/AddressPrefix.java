/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import static io.netty.util.internal.ObjectUtil.checkInRange;

import org.statelink.conntrack.Tuple;

/**
 * Addresses that begin alike.
 *
 * @param family {@link Tuple#IPV4} or {@link Tuple#IPV6}
 * @param high the first half of an IPv6 address; 0 for IPv4
 * @param low the second half of an IPv6 address, or an IPv4 address
 * @param length bits that count, 0 to 32 or 128; the others of {@code high} and {@code low} may be anything
 */
public record AddressPrefix(int family, long high, long low, int length) {
    private static final int WORD_BITS = 32;

    /** Checks the range. */
    public AddressPrefix {
        checkInRange(length, 0, family == Tuple.IPV6 ? 4 * WORD_BITS : WORD_BITS, "length");
    }

    /** Number of 32-bit words of an address. */
    int words() {
        return family == Tuple.IPV6 ? 4 : 1;
    }

    /** The bits of a word that count; words are numbered from 0 in the order in which they are written. */
    int mask(int word) {
        int bits = Math.clamp(length - (long) word * WORD_BITS, 0, WORD_BITS);
        return bits == 0 ? 0 : -1 << WORD_BITS - bits;
    }

    /** Those bits of a word. */
    int value(int word) {
        long half = family == Tuple.IPV6 && word < 2 ? high : low;
        boolean first = family == Tuple.IPV6 && (word & 1) == 0;
        return (int) (first ? half >>> WORD_BITS : half) & mask(word);
    }
}
