/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import java.time.Instant;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Counters;
import org.statelink.conntrack.Field;
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
            XmlPieces.when(to, Instant.ofEpochSecond(nowSeconds).atZone(options.zone()));
        }
        if (flow.has(Field.HELPER)) {
            XmlPieces.text(to, "helper", flow.helper().toString());
        }
        to.append("</flow>");
    }

    private static void direction(StringBuilder to, String name, Tuple tuple, Counters counters) {
        to.append("<meta direction=\"").append(name).append("\">");
        layer3(to, tuple);
        layer4(to, tuple);
        if (tuple.zone() != 0) {
            XmlPieces.number(to, "zone", tuple.zone());
        }
        if (counters != null) {
            to.append("<counters>");
            XmlPieces.number(to, "packets", counters.packets());
            XmlPieces.number(to, "bytes", counters.bytes());
            to.append("</counters>");
        }
        to.append("</meta>");
    }

    private static void layer3(StringBuilder to, Tuple tuple) {
        to.append("<layer3");
        XmlPieces.protocol(to, tuple.family(), Names.family(tuple.family()));
        XmlPieces.addresses(to, tuple);
        to.append("</layer3>");
    }

    private static void layer4(StringBuilder to, Tuple tuple) {
        to.append("<layer4");
        XmlPieces.protocol(to, tuple.protocol(), Names.protocol(tuple.protocol()));
        XmlPieces.ports(to, tuple);
        to.append("</layer4>");
    }

    private static void appendLife(StringBuilder to, Conntrack flow) {
        if (flow.has(Field.PROTOCOL_STATE)) {
            XmlPieces.text(to, "state", Names.tcpState(flow.protocol().state()));
        }
        if (flow.has(Field.TIMEOUT)) {
            XmlPieces.number(to, "timeout", flow.timeout());
        }
    }

    private static void appendRest(StringBuilder to, Conntrack flow, TextOptions options) {
        if (flow.has(Field.MARK)) {
            XmlPieces.number(to, "mark", flow.mark());
        }
        if (options.labels() != null && flow.has(Field.LABELS)) {
            labels(to, flow.labels(), options.labels());
        }
        if (flow.has(Field.SECURITY_CONTEXT)) {
            XmlPieces.text(to, "secctx", flow.securityContext());
        }
        if (flow.has(Field.ZONE)) {
            XmlPieces.number(to, "zone", flow.zone());
        }
        if (flow.has(Field.USE)) {
            XmlPieces.number(to, "use", flow.use());
        }
        if (flow.has(Field.ID)) {
            XmlPieces.number(to, "id", flow.id());
        }
    }

    private static void labels(StringBuilder to, Labels labels, LabelNames names) {
        to.append("<labels>");
        for (int label = 0; label < labels.length() * Integer.SIZE; label++) {
            String name = Pieces.isSet(labels, label) ? names.name(label) : null;
            if (name != null) {
                XmlPieces.text(to, "label", name);
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
                XmlPieces.number(to, "start", flow.timestampStart());
            }
            if (flow.has(Field.TIMESTAMP_STOP)) {
                XmlPieces.number(to, "stop", flow.timestampStop());
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
}
