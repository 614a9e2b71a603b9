/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import java.time.ZonedDateTime;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;

/** Elements that flows and expectations have in common in XML. */
final class XmlPieces {
    private static final int DAYS_OF_WEEK = 7;

    private XmlPieces() {
    }

    static void addresses(StringBuilder to, Tuple tuple) {
        Pieces.address(to.append("<src>"), tuple.family(), tuple.sourceHigh(), tuple.sourceLow());
        Pieces.address(to.append("</src><dst>"), tuple.family(), tuple.destinationHigh(), tuple.destinationLow());
        to.append("</dst>");
    }

    /** Ports or keys; nothing for protocols that have neither. */
    static void ports(StringBuilder to, Tuple tuple) {
        if (IpProtocol.hasPorts(tuple.protocol())) {
            number(to, "sport", tuple.sourcePort());
            number(to, "dport", tuple.destinationPort());
        } else if (tuple.protocol() == IpProtocol.GRE) {
            Pieces.hex(to.append("<srckey>"), tuple.sourcePort());
            Pieces.hex(to.append("</srckey><dstkey>"), tuple.destinationPort());
            to.append("</dstkey>");
        }
    }

    /** Ends the tag of a layer. */
    static void protocol(StringBuilder to, int number, String name) {
        to.append(" protonum=\"").append(number).append("\" protoname=\"").append(name).append("\">");
    }

    static void when(StringBuilder to, ZonedDateTime time) {
        to.append("<when><hour>").append(time.getHour()).append("</hour><min>");
        Ctime.appendTwo(to, '0', time.getMinute()).append("</min><sec>");
        Ctime.appendTwo(to, '0', time.getSecond()).append("</sec><wday>");
        to.append(time.getDayOfWeek().getValue() % DAYS_OF_WEEK + 1);
        to.append("</wday><day>").append(time.getDayOfMonth());
        to.append("</day><month>").append(time.getMonthValue());
        to.append("</month><year>").append(time.getYear()).append("</year></when>");
    }

    static void number(StringBuilder to, String element, int value) {
        number(to, element, value & 0xffffffffL);
    }

    static void number(StringBuilder to, String element, long value) {
        Pieces.unsigned(to.append('<').append(element).append('>'), value);
        to.append("</").append(element).append('>');
    }

    static void text(StringBuilder to, String element, String text) {
        to.append('<').append(element).append('>');
        int start = to.length();
        Pieces.name(to, text);
        escape(to, start);
        to.append("</").append(element).append('>');
    }

    private static void escape(StringBuilder to, int from) {
        for (int i = to.length() - 1; i >= from; i--) {
            switch (to.charAt(i)) {
                case '&' -> to.replace(i, i + 1, "&amp;");
                case '<' -> to.replace(i, i + 1, "&lt;");
                case '>' -> to.replace(i, i + 1, "&gt;");
                default -> { }
            }
        }
    }
}
