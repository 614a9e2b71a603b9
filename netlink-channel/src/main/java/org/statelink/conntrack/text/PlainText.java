/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import java.time.ZoneId;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Counters;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Labels;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.Tuple;

/**
 * An entry as one line of plain text, without the line feed. Source: docs of conntrackd's control socket, section 9.1.
 */
public final class PlainText {
    private static final long NANOS = 1_000_000_000L;
    private static final int COLUMN = 8;

    private PlainText() {
    }

    /**
     * Appends the entry; what is not known is left out. The time of now (seconds since the epoch) matters to flows
     * with a start only, whose age is shown.
     */
    public static void append(StringBuilder to, Conntrack flow, TextOptions options, long nowSeconds) {
        to.append(options.event().plain());
        if (options.extended()) {
            column(to, Names.family(flow.original().family()), flow.original().family());
        }
        column(to, Names.protocol(flow.original().protocol()), flow.original().protocol());
        appendLife(to, flow);
        appendOriginal(to, flow);
        appendReply(to, flow);
        appendOffload(to, flow.status());
        appendRest(to, flow);
        appendTimes(to, flow, options, nowSeconds);
        appendEnd(to, flow, options);
        to.setLength(to.length() - 1);
    }

    private static void column(StringBuilder to, String name, int number) {
        int end = to.length() + COLUMN;
        to.append(name);
        while (to.length() < end) {
            to.append(' ');
        }
        to.append(' ').append(number).append(' ');
    }

    private static void appendLife(StringBuilder to, Conntrack flow) {
        if (flow.has(Field.TIMEOUT)) {
            Pieces.unsigned(to, flow.timeout());
            to.append(' ');
        }
        if (flow.has(Field.PROTOCOL_STATE)) {
            to.append(Names.state(flow.original().protocol(), flow.protocol().state())).append(' ');
        }
    }

    private static void appendOriginal(StringBuilder to, Conntrack flow) {
        if (flow.original().isSet()) {
            tuple(to, "", flow.original());
            zone(to, "zone-orig=", flow.original().zone());
        }
        if (flow.has(Field.COUNTERS_ORIGINAL)) {
            counters(to, flow.countersOriginal());
        }
    }

    private static void appendReply(StringBuilder to, Conntrack flow) {
        if (flow.has(Field.STATUS) && (flow.status() & Status.SEEN_REPLY) == 0) {
            to.append("[UNREPLIED] ");
        }
        if (flow.reply().isSet()) {
            tuple(to, "", flow.reply());
            zone(to, "zone-reply=", flow.reply().zone());
        }
        if (flow.has(Field.COUNTERS_REPLY)) {
            counters(to, flow.countersReply());
        }
    }

    /** A tuple, the names of whose addresses begin so; a space follows. */
    static void tuple(StringBuilder to, String prefix, Tuple tuple) {
        Pieces.address(to.append(prefix).append("src="), tuple.family(), tuple.sourceHigh(), tuple.sourceLow());
        to.append(' ').append(prefix).append("dst=");
        Pieces.address(to, tuple.family(), tuple.destinationHigh(), tuple.destinationLow());
        if (IpProtocol.hasPorts(tuple.protocol())) {
            to.append(" sport=").append(tuple.sourcePort()).append(" dport=").append(tuple.destinationPort());
        } else if (IpProtocol.isIcmp(tuple.protocol())) {
            to.append(" type=").append(tuple.icmpType()).append(" code=").append(tuple.icmpCode());
            to.append(" id=").append(tuple.icmpId());
        } else if (tuple.protocol() == IpProtocol.GRE) {
            Pieces.hex(to.append(" srckey="), tuple.sourcePort());
            Pieces.hex(to.append(" dstkey="), tuple.destinationPort());
        }
        to.append(' ');
    }

    private static void zone(StringBuilder to, String token, int zone) {
        if (zone != 0) {
            to.append(token).append(zone).append(' ');
        }
    }

    private static void counters(StringBuilder to, Counters counters) {
        Pieces.unsigned(to.append("packets="), counters.packets());
        Pieces.unsigned(to.append(" bytes="), counters.bytes());
        to.append(' ');
    }

    private static void appendOffload(StringBuilder to, int status) {
        if ((status & Status.HW_OFFLOAD) != 0) {
            to.append("[HW_OFFLOAD] ");
        } else if ((status & Status.OFFLOAD) != 0) {
            to.append("[OFFLOAD] ");
        } else if ((status & Status.ASSURED) != 0) {
            to.append("[ASSURED] ");
        }
    }

    private static void appendRest(StringBuilder to, Conntrack flow) {
        if (flow.has(Field.MARK)) {
            unsigned(to, "mark=", flow.mark());
        }
        if (flow.has(Field.SECURITY_CONTEXT)) {
            Pieces.name(to.append("secctx="), flow.securityContext());
            to.append(' ');
        }
        if (flow.has(Field.ZONE)) {
            unsigned(to, "zone=", flow.zone());
        }
    }

    static void unsigned(StringBuilder to, String token, int value) {
        Pieces.unsigned(to.append(token), value);
        to.append(' ');
    }

    private static void appendTimes(StringBuilder to, Conntrack flow, TextOptions options, long nowSeconds) {
        if (flow.has(Field.TIMESTAMP_START)) {
            to.append("delta-time=").append(age(flow, nowSeconds)).append(' ');
        }
        if (!options.timestamps()) {
            return;
        }
        if (flow.has(Field.TIMESTAMP_START)) {
            time(to, "[start=", flow.timestampStart(), options.zone());
        }
        if (flow.has(Field.TIMESTAMP_STOP)) {
            time(to, "[stop=", flow.timestampStop(), options.zone());
        }
    }

    /** Seconds that the flow lived; the program cuts both ends to whole seconds here, but not in XML. */
    private static long age(Conntrack flow, long nowSeconds) {
        long end = flow.has(Field.TIMESTAMP_STOP) ? flow.timestampStop() / NANOS : nowSeconds;
        return end - flow.timestampStart() / NANOS;
    }

    private static void time(StringBuilder to, String token, long nanos, ZoneId zone) {
        Ctime.append(to.append(token), nanos / NANOS, zone);
        to.append("] ");
    }

    private static void appendEnd(StringBuilder to, Conntrack flow, TextOptions options) {
        if (flow.has(Field.HELPER)) {
            Pieces.name(to.append("helper="), flow.helper().toString());
            to.append(' ');
        }
        if (flow.has(Field.USE)) {
            unsigned(to, "use=", flow.use());
        }
        if (options.id() && flow.has(Field.ID)) {
            unsigned(to, "id=", flow.id());
        }
        if (options.labels() != null && flow.has(Field.LABELS)) {
            labels(to, flow.labels(), options.labels());
        }
    }

    /** Where no label has a name even the equals sign is missing: the program cuts what it takes for a comma. */
    private static void labels(StringBuilder to, Labels labels, LabelNames names) {
        to.append("labels=");
        for (int label = 0; label < labels.length() * Integer.SIZE; label++) {
            String name = Pieces.isSet(labels, label) ? names.name(label) : null;
            if (name != null) {
                Pieces.name(to, name);
                to.append(',');
            }
        }
        to.setCharAt(to.length() - 1, ' ');
    }
}
