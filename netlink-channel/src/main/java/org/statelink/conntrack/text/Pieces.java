/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import org.statelink.conntrack.Addresses;
import org.statelink.conntrack.Labels;
import org.statelink.conntrack.Tuple;

/** What plain text and XML have in common. */
final class Pieces {
    private Pieces() {
    }

    static void unsigned(StringBuilder to, int value) {
        to.append(value & 0xffffffffL);
    }

    /** Counters are unsigned; only the huge ones need a string. */
    static void unsigned(StringBuilder to, long value) {
        if (value >= 0) {
            to.append(value);
        } else {
            to.append(Long.toUnsignedString(value));
        }
    }

    static void hex(StringBuilder to, int value) {
        to.append("0x").append(Integer.toHexString(value));
    }

    static void address(StringBuilder to, int family, long high, long low) {
        if (family == Tuple.IPV4) {
            to.append(low >>> 24 & 0xff).append('.').append(low >>> 16 & 0xff).append('.');
            to.append(low >>> 8 & 0xff).append('.').append(low & 0xff);
        } else {
            to.append(Addresses.format(family, high, low));
        }
    }

    /** A name from elsewhere, kept from breaking the line. */
    static void name(StringBuilder to, String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            to.append(Character.isISOControl(c) ? '?' : c);
        }
    }

    static boolean isSet(Labels labels, int label) {
        return (labels.word(label / Integer.SIZE) >>> label % Integer.SIZE & 1) != 0;
    }
}
