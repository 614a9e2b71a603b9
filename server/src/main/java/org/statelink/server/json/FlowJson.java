/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Counters;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.Tuple;
import org.statelink.conntrack.text.Names;

/** A flow as members of a JSON object; what is not known is left out. */
public final class FlowJson {
    private FlowJson() {
    }

    /** Writes the members. */
    public static void write(JsonGenerator out, Conntrack flow) throws IOException {
        int protocol = flow.original().protocol();
        out.writeStringField("protocol", Names.protocol(protocol));
        out.writeNumberField("protocol_number", protocol);
        if (flow.has(Field.PROTOCOL_STATE)) {
            out.writeStringField("state", Names.state(protocol, flow.protocol().state()));
        }
        if (flow.has(Field.TIMEOUT)) {
            unsigned(out, "timeout_seconds", flow.timeout());
        }
        direction(out, "original", flow.original(),
            flow.has(Field.COUNTERS_ORIGINAL) ? flow.countersOriginal() : null);
        direction(out, "reply", flow.reply(), flow.has(Field.COUNTERS_REPLY) ? flow.countersReply() : null);
        status(out, flow);
        rest(out, flow);
    }

    private static void direction(JsonGenerator out, String name, Tuple tuple, Counters counters) throws IOException {
        if (!tuple.isSet()) {
            return;
        }
        out.writeObjectFieldStart(name);
        TupleJson.write(out, tuple);
        if (counters != null) {
            out.writeNumberField("packets", counters.packets());
            out.writeNumberField("bytes", counters.bytes());
        }
        out.writeEndObject();
    }

    private static void status(JsonGenerator out, Conntrack flow) throws IOException {
        if (flow.has(Field.STATUS)) {
            out.writeBooleanField("assured", (flow.status() & Status.ASSURED) != 0);
            out.writeBooleanField("unreplied", (flow.status() & Status.SEEN_REPLY) == 0);
        }
    }

    private static void rest(JsonGenerator out, Conntrack flow) throws IOException {
        if (flow.has(Field.MARK)) {
            unsigned(out, "mark", flow.mark());
        }
        if (flow.has(Field.SECURITY_CONTEXT)) {
            out.writeStringField("secctx", flow.securityContext());
        }
        if (flow.has(Field.ZONE)) {
            unsigned(out, "zone", flow.zone());
        }
        if (flow.has(Field.HELPER)) {
            out.writeStringField("helper", flow.helper().toString());
        }
    }

    private static void unsigned(JsonGenerator out, String name, int value) throws IOException {
        out.writeNumberField(name, Integer.toUnsignedLong(value));
    }
}
