/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One comparable line for an expectation; what differs by nature is left out. */
public final class ExpectedText {
    private static final int MASTER = 1;
    private static final int TUPLE = 2;
    private static final int MASK = 3;
    private static final int HELPER = 6;
    private static final int FLAGS = 8;
    private static final int CLASS = 9;
    private static final int NAT = 10;
    private static final int FUNCTION = 11;

    private ExpectedText() {
    }

    /** All that has to survive a failover, from the kernel's bytes. */
    static String complete(ByteBuffer body) {
        Attributes expectation = new Attributes(body);
        StringBuilder text = new StringBuilder("expected").append(FlowText.tuple(expectation, TUPLE));
        text.append(" mask").append(FlowText.tuple(expectation, MASK));
        text.append(" master").append(FlowText.tuple(expectation, MASTER));
        text.append(" flags ").append(expectation.number(FLAGS)).append(' ').append(name(expectation, HELPER));
        text.append(" class ").append(expectation.number(CLASS));
        if (expectation.has(NAT << 8 | 1)) {
            text.append(" nat").append(FlowText.tuple(expectation, NAT << 8 | 2));
            text.append(" direction ").append(expectation.number(NAT << 8 | 1));
        }
        return text.append(' ').append(name(expectation, FUNCTION)).toString();
    }

    private static String name(Attributes expectation, int number) {
        return new String(expectation.bytes(number), StandardCharsets.US_ASCII).replace("\0", "");
    }

    /** A line as conntrack or a daemon shows it, less the timeout and the age. */
    public static String withoutTimes(String line) {
        return line.replaceAll("^\\d+ ", "").replaceAll(" \\[active since \\d+s]$", "")
            .replaceAll("<timeout>\\d+</timeout>", "").strip();
    }
}
