/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import java.time.Instant;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.Tuple;

/**
 * An expectation as one line of XML, a {@code flow} element without the line feed. Source: docs of conntrackd's control
 * socket, section 9.4.
 */
public final class ExpectationXml {
    private ExpectationXml() {
    }

    /**
     * Appends the expectation; what is not known is left out. The time of now (seconds since the epoch) matters to
     * {@link TextOptions#when()} only.
     */
    public static void append(StringBuilder to, Expectation expectation, TextOptions options, long nowSeconds) {
        to.append("<flow").append(options.event().xml()).append("><layer3");
        Tuple expected = expectation.expected();
        XmlPieces.protocol(to, expected.family(), Names.family(expected.family()));
        XmlPieces.addresses(to.append("<expected>"), expected);
        XmlPieces.addresses(to.append("</expected><mask>"), expectation.mask());
        XmlPieces.addresses(to.append("</mask><master>"), expectation.master());
        to.append("</master></layer3><layer4");
        XmlPieces.protocol(to, expected.protocol(), Names.protocol(expected.protocol()));
        XmlPieces.ports(to.append("<expected>"), expected);
        XmlPieces.ports(to.append("</expected><mask>"), expectation.mask());
        XmlPieces.ports(to.append("</mask><master>"), expectation.master());
        to.append("</master></layer4><meta>");
        appendRest(to, expectation);
        if (options.when()) {
            XmlPieces.when(to, Instant.ofEpochSecond(nowSeconds).atZone(options.zone()));
        }
        appendFlags(to, expectation.flags());
        to.append("</meta></flow>");
    }

    private static void appendRest(StringBuilder to, Expectation expectation) {
        if (expectation.has(ExpectationField.HELPER)) {
            XmlPieces.text(to, "helper-name", expectation.helper().toString());
        }
        if (expectation.has(ExpectationField.TIMEOUT)) {
            XmlPieces.number(to, "timeout", expectation.timeout());
        }
        if (expectation.has(ExpectationField.CLASS)) {
            XmlPieces.number(to, "class", expectation.policyClass());
        }
        if (expectation.has(ExpectationField.ZONE)) {
            XmlPieces.number(to, "zone", expectation.zone());
        }
    }

    private static void appendFlags(StringBuilder to, int flags) {
        if ((flags & Expectation.PERMANENT) != 0) {
            to.append("<permanent/>");
        }
        if ((flags & Expectation.INACTIVE) != 0) {
            to.append("<inactive/>");
        }
        if ((flags & Expectation.USERSPACE) != 0) {
            to.append("<userspace/>");
        }
    }
}
