/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/** Writes IPv6 addresses as {@code inet_ntop(3)} does: the longest run of zero groups becomes {@code ::}. */
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {
    }

    static String format(long high, long low) {
        if (high == 0 && isEmbeddedIpv4(low)) {
            String v4 = Addresses.format(Tuple.IPV4, 0, low & 0xffffffffL);
            return (low >>> 32 == 0xffffL ? "::ffff:" : "::") + v4;
        }
        int start = longestZeroRun(high, low);
        int length = start < 0 ? 0 : runLength(high, low, start);
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                separate(text).append(Integer.toHexString(group(high, low, i)));
            }
        }
        return text.toString();
    }

    private static boolean isEmbeddedIpv4(long low) {
        return low >>> 32 == 0xffffL || low >>> 32 == 0 && (low & 0xffff0000L) != 0;
    }

    private static StringBuilder separate(StringBuilder text) {
        return text.isEmpty() || text.charAt(text.length() - 1) == ':' ? text : text.append(':');
    }

    private static int longestZeroRun(long high, long low) {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = runLength(high, low, i);
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
        }
        return best;
    }

    private static int runLength(long high, long low, int from) {
        int end = from;
        while (end < GROUPS && group(high, low, end) == 0) {
            end++;
        }
        return end - from;
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> 48 - 16 * (index & 3)) & 0xffff;
    }
}
