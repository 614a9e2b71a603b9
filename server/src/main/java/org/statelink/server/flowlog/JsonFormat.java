/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.statelink.conntrack.Addresses;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.Nat;
import org.statelink.server.json.FlowJson;
import org.statelink.server.json.JsonObject;

/**
 * A flow as a JSON object: when and why it ended, how long it lived, its translation, and all that is known of it.
 * Times are of UTC, durations in seconds.
 */
final class JsonFormat implements FlowFormat {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    @Override
    public void append(StringBuilder line, EndedFlow ended) {
        JsonObject.append(line, out -> write(out, ended));
        escapeBeyondAscii(line);
    }

    private static void write(JsonGenerator out, EndedFlow ended) throws IOException {
        Conntrack flow = ended.flow();
        time(out, "time", TimeUnit.MILLISECONDS.toNanos(ended.endedMillis()));
        out.writeStringField("reason", ended.reason().word());
        FlowJson.write(out, flow);
        translation(out, flow);
        if (flow.has(Field.TIMESTAMP_START)) {
            time(out, "start", flow.timestampStart());
        }
        if (flow.has(Field.TIMESTAMP_STOP)) {
            time(out, "stop", flow.timestampStop());
        }
        if (flow.has(Field.TIMESTAMP_START) && flow.has(Field.TIMESTAMP_STOP)) {
            out.writeNumberField("duration_seconds",
                (flow.timestampStop() - flow.timestampStart()) / NANOS_PER_SECOND);
        }
    }

    private static void time(JsonGenerator out, String name, long epochNanos) throws IOException {
        out.writeStringField(name, Instant.EPOCH.plusNanos(epochNanos).toString());
    }

    /** What translation made of the original direction. */
    private static void translation(JsonGenerator out, Conntrack flow) throws IOException {
        Nat nat = flow.nat();
        int family = flow.original().family();
        if (flow.has(Field.SNAT_ADDRESS) || flow.has(Field.SNAT_PORT)) {
            out.writeObjectFieldStart("snat");
            if (flow.has(Field.SNAT_ADDRESS)) {
                out.writeStringField("src", Addresses.format(family, nat.sourceHigh(), nat.sourceLow()));
            }
            if (flow.has(Field.SNAT_PORT)) {
                out.writeNumberField("sport", nat.sourcePort());
            }
            out.writeEndObject();
        }
        if (flow.has(Field.DNAT_ADDRESS) || flow.has(Field.DNAT_PORT)) {
            out.writeObjectFieldStart("dnat");
            if (flow.has(Field.DNAT_ADDRESS)) {
                out.writeStringField("dst", Addresses.format(family, nat.destinationHigh(), nat.destinationLow()));
            }
            if (flow.has(Field.DNAT_PORT)) {
                out.writeNumberField("dport", nat.destinationPort());
            }
            out.writeEndObject();
        }
    }

    /** Names from elsewhere may have other characters; a line's characters are one byte each. */
    private static void escapeBeyondAscii(StringBuilder line) {
        for (int i = line.length() - 1; i >= 0; i--) {
            char c = line.charAt(i);
            if (c > '~') {
                line.replace(i, i + 1, "\\u" + Integer.toHexString(0x10000 | c).substring(1));
            }
        }
    }
}
