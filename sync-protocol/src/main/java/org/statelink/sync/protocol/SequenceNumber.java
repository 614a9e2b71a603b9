/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

/**
 * Arithmetic of the 32-bit sequence numbers, which wrap around: one is before another if the signed difference is
 * negative. Numbers exactly 2<sup>31</sup> apart are each before the other, as with conntrackd. Source: docs of
 * conntrackd's wire protocol, section 7.
 */
public final class SequenceNumber {
    private SequenceNumber() {
    }

    /** Whether {@code a} comes before {@code b}. */
    public static boolean isBefore(int a, int b) {
        return a - b < 0;
    }

    /** Whether {@code a} comes after {@code b}. */
    public static boolean isAfter(int a, int b) {
        return a - b > 0;
    }

    /** Whether {@code number} lies in the range, both ends included. */
    public static boolean isBetween(int number, int from, int to) {
        return !isBefore(number, from) && !isAfter(number, to);
    }

    /** The number that follows. */
    public static int next(int number) {
        return number + 1;
    }

    /** The number before. */
    public static int previous(int number) {
        return number - 1;
    }

    /** How many steps lead from {@code from} to {@code to}; negative if {@code to} comes before. */
    public static int distance(int from, int to) {
        return to - from;
    }

    /** Decimal text, unsigned. */
    public static String format(int number) {
        return Integer.toUnsignedString(number);
    }
}
