/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;

/**
 * An expectation as one line of plain text, without the line feed. Source: docs of conntrackd's control socket, section
 * 9.2.
 */
public final class ExpectationText {
    private ExpectationText() {
    }

    /** Appends the expectation; what is not known is left out. Of the options only the event counts. */
    public static void append(StringBuilder to, Expectation expectation, TextOptions options) {
        to.append(options.event().plain());
        if (expectation.has(ExpectationField.TIMEOUT)) {
            PlainText.unsigned(to, "", expectation.timeout());
        }
        to.append("proto=").append(expectation.expected().protocol()).append(' ');
        PlainText.tuple(to, "", expectation.expected());
        PlainText.tuple(to, "mask-", expectation.mask());
        PlainText.tuple(to, "master-", expectation.master());
        if (expectation.has(ExpectationField.ZONE)) {
            PlainText.unsigned(to, "zone=", expectation.zone());
        }
        flags(to, expectation.flags());
        if (expectation.has(ExpectationField.CLASS)) {
            PlainText.unsigned(to, "class=", expectation.policyClass());
        }
        if (expectation.has(ExpectationField.HELPER)) {
            Pieces.name(to.append("helper="), expectation.helper().toString());
            to.append(' ');
        }
        to.setLength(to.length() - 1);
    }

    private static void flags(StringBuilder to, int flags) {
        int start = to.length();
        flag(to, flags & Expectation.PERMANENT, "PERMANENT,");
        flag(to, flags & Expectation.INACTIVE, "INACTIVE,");
        flag(to, flags & Expectation.USERSPACE, "USERSPACE,");
        if (to.length() > start) {
            to.setCharAt(to.length() - 1, ' ');
        }
    }

    private static void flag(StringBuilder to, int set, String name) {
        if (set != 0) {
            to.append(name);
        }
    }
}
