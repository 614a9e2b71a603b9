/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

/**
 * What the language takes for an IPv6 address before it is looked at closely: groups of one to four hexadecimal digits.
 * Runs in the time of one pass, whatever the input.
 */
final class Ipv6Shape {
    private static final int MOST_GROUPS = 8;
    private static final int GROUP_DIGITS = 4;

    private Ipv6Shape() {
    }

    /** The end of the longest match at {@code start}; {@code start} if there is none. */
    static int end(ClassicLexer in, int start) {
        return Math.max(withGap(in, start), withoutGap(in, start));
    }

    /** Up to 8 groups, "::", up to 8 groups; each group with a colon behind it or not. */
    private static int withGap(ClassicLexer in, int start) {
        int head = groups(in, start);
        int end = head;
        if (in.at(end) != ':') {
            return start;
        }
        // the last group's own colon may have been taken: then one more is the gap's second if the group gives it back
        if (in.at(end + 1) == ':') {
            return groups(in, end + 2);
        }
        return head > start && in.at(head - 1) == ':' ? groups(in, end + 1) : start;
    }

    private static int withoutGap(ClassicLexer in, int start) {
        int end = start;
        for (int group = 0; group < MOST_GROUPS; group++) {
            int from = group == 0 ? start : end + 1;
            if (group > 0 && in.at(end) != ':') {
                return end;
            }
            int next = digits(in, from);
            if (next == from) {
                return end;
            }
            end = next;
        }
        return end;
    }

    private static int groups(ClassicLexer in, int start) {
        int end = start;
        for (int group = 0; group < MOST_GROUPS; group++) {
            int next = digits(in, end);
            if (next == end) {
                return end;
            }
            end = in.at(next) == ':' ? next + 1 : next;
        }
        return end;
    }

    private static int digits(ClassicLexer in, int start) {
        int end = start;
        while (end - start < GROUP_DIGITS && isHexadecimal(in.at(end))) {
            end++;
        }
        return end;
    }

    private static boolean isHexadecimal(int c) {
        return ClassicLexer.isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}
