/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import java.time.Instant;
import java.time.ZonedDateTime;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Counters;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Labels;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.Tuple;

/**
 * An entry as one line of XML, a {@code flow} element without the line feed. Source: docs of conntrackd's control
 * socket, section 9.3.
 *
 * <p>Two oddities of the program are kept since scripts see them: states of SCTP and DCCP have the TCP name of the
 * same number, and a reply tuple that is not known is shown empty.
 */
public final class XmlText {
    private static final long NANOS = 1_000_000_000L;
    private static final int DAYS_OF_WEEK = 7;

    private XmlText() {
    }

    /**
     * Appends the entry; what is not known is left out, except the reply tuple. The time of now (seconds since the
     * epoch) matters to flows with a start, whose age is shown, and to {@link TextOptions#when()}.
     */
    public static void append(StringBuilder to, Conntrack flow, TextOptions options, long nowSeconds) {
        to.append("<flow").append(options.event().xml()).append('>');
        Counters original = flow.has(Field.COUNTERS_ORIGINAL) ? flow.countersOriginal() : null;
        Counters reply = flow.has(Field.COUNTERS_REPLY) ? flow.countersReply() : null;
        direction(to, "original", flow.original(), original);
        direction(to, "reply", flow.reply(), reply);
        to.append("<meta direction=\"independent\">");
        appendLife(to, flow);
        appendRest(to, flow, options);
        appendStatus(to, flow);
        appendTimes(to, flow, options, nowSeconds);
        to.append("</meta>");
        if (options.when()) {
            when(to, Instant.ofEpochSecond(nowSeconds).atZone(options.zone()));
        }
        if (flow.has(Field.HELPER)) {
            text(to, "helper", flow.helper().toString());
        }
        to.append("</flow>");
    }

    private static void direction(StringBuilder to, String name, Tuple tuple, Counters counters) {
        to.append("<meta direction=\"").append(name).append("\">");
        layer3(to, tuple);
        layer4(to, tuple);
        if (tuple.zone() != 0) {
            number(to, "zone", tuple.zone());
        }
        if (counters != null) {
            to.append("<counters>");
            number(to, "packets", counters.packets());
            number(to, "bytes", counters.bytes());
            to.append("</counters>");
        }
        to.append("</meta>");
    }

    private static void layer3(StringBuilder to, Tuple tuple) {
        to.append("<layer3");
        protocol(to, tuple.family(), Names.family(tuple.family()));
        Pieces.address(to.append("<src>"), tuple.family(), tuple.sourceHigh(), tuple.sourceLow());
        Pieces.address(to.append("</src><dst>"), tuple.family(), tuple.destinationHigh(), tuple.destinationLow());
        to.append("</dst></layer3>");
    }

    private static void layer4(StringBuilder to, Tuple tuple) {
        to.append("<layer4");
        protocol(to, tuple.protocol(), Names.protocol(tuple.protocol()));
        if (IpProtocol.hasPorts(tuple.protocol())) {
            number(to, "sport", tuple.sourcePort());
            number(to, "dport", tuple.destinationPort());
        } else if (tuple.protocol() == IpProtocol.GRE) {
            Pieces.hex(to.append("<srckey>"), tuple.sourcePort());
            Pieces.hex(to.append("</srckey><dstkey>"), tuple.destinationPort());
            to.append("</dstkey>");
        }
        to.append("</layer4>");
    }

    private static void protocol(StringBuilder to, int number, String name) {
        to.append(" protonum=\"").append(number).append("\" protoname=\"").append(name).append("\">");
    }

    private static void appendLife(StringBuilder to, Conntrack flow) {
        if (flow.has(Field.PROTOCOL_STATE)) {
            text(to, "state", Names.tcpState(flow.protocol().state()));
        }
        if (flow.has(Field.TIMEOUT)) {
            number(to, "timeout", flow.timeout());
        }
    }

    private static void appendRest(StringBuilder to, Conntrack flow, TextOptions options) {
        if (flow.has(Field.MARK)) {
            number(to, "mark", flow.mark());
        }
        if (options.labels() != null && flow.has(Field.LABELS)) {
            labels(to, flow.labels(), options.labels());
        }
        if (flow.has(Field.SECURITY_CONTEXT)) {
            text(to, "secctx", flow.securityContext());
        }
        if (flow.has(Field.ZONE)) {
            number(to, "zone", flow.zone());
        }
        if (flow.has(Field.USE)) {
            number(to, "use", flow.use());
        }
        if (flow.has(Field.ID)) {
            number(to, "id", flow.id());
        }
    }

    private static void labels(StringBuilder to, Labels labels, LabelNames names) {
        to.append("<labels>");
        for (int label = 0; label < labels.length() * Integer.SIZE; label++) {
            String name = Pieces.isSet(labels, label) ? names.name(label) : null;
            if (name != null) {
                text(to, "label", name);
            }
        }
        to.append("</labels>");
    }

    private static void appendStatus(StringBuilder to, Conntrack flow) {
        if ((flow.status() & Status.ASSURED) != 0) {
            to.append("<assured/>");
        }
        if (flow.has(Field.STATUS) && (flow.status() & Status.SEEN_REPLY) == 0) {
            to.append("<unreplied/>");
        }
    }

    private static void appendTimes(StringBuilder to, Conntrack flow, TextOptions options, long nowSeconds) {
        if (options.timestamps() && (flow.has(Field.TIMESTAMP_START) || flow.has(Field.TIMESTAMP_STOP))) {
            to.append("<timestamp>");
            if (flow.has(Field.TIMESTAMP_START)) {
                number(to, "start", flow.timestampStart());
            }
            if (flow.has(Field.TIMESTAMP_STOP)) {
                number(to, "stop", flow.timestampStop());
            }
            to.append("</timestamp>");
        }
        if (flow.has(Field.TIMESTAMP_START)) {
            to.append("<deltatime>").append(age(flow, nowSeconds)).append("</deltatime>");
        }
    }

    /** Seconds that the flow lived; the program cuts the difference here, unlike in plain text. */
    private static long age(Conntrack flow, long nowSeconds) {
        return flow.has(Field.TIMESTAMP_STOP) ? (flow.timestampStop() - flow.timestampStart()) / NANOS
            : nowSeconds - flow.timestampStart() / NANOS;
    }

    private static void when(StringBuilder to, ZonedDateTime time) {
        to.append("<when><hour>").append(time.getHour()).append("</hour><min>");
        Ctime.appendTwo(to, '0', time.getMinute()).append("</min><sec>");
        Ctime.appendTwo(to, '0', time.getSecond()).append("</sec><wday>");
        to.append(time.getDayOfWeek().getValue() % DAYS_OF_WEEK + 1);
        to.append("</wday><day>").append(time.getDayOfMonth());
        to.append("</day><month>").append(time.getMonthValue());
        to.append("</month><year>").append(time.getYear()).append("</year></when>");
    }

    private static void number(StringBuilder to, String element, int value) {
        number(to, element, value & 0xffffffffL);
    }

    private static void number(StringBuilder to, String element, long value) {
        Pieces.unsigned(to.append('<').append(element).append('>'), value);
        to.append("</").append(element).append('>');
    }

    private static void text(StringBuilder to, String element, String text) {
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
