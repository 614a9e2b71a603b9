/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.Tuple;
import org.statelink.conntrack.text.Names;

/** An expectation as members of a JSON object; what is not known is left out. */
public final class ExpectationJson {
    private ExpectationJson() {
    }

    /** Writes the members. */
    public static void write(JsonGenerator out, Expectation expectation) throws IOException {
        int protocol = expectation.expected().protocol();
        out.writeStringField("protocol", Names.protocol(protocol));
        out.writeNumberField("protocol_number", protocol);
        tuple(out, "expected", expectation.expected());
        tuple(out, "mask", expectation.mask());
        tuple(out, "master", expectation.master());
        if (expectation.has(ExpectationField.ZONE)) {
            out.writeNumberField("zone", expectation.zone());
        }
        if (expectation.has(ExpectationField.FLAGS)) {
            out.writeNumberField("flags", Integer.toUnsignedLong(expectation.flags()));
        }
        if (expectation.has(ExpectationField.CLASS)) {
            out.writeNumberField("class", Integer.toUnsignedLong(expectation.policyClass()));
        }
        if (expectation.has(ExpectationField.HELPER)) {
            out.writeStringField("helper", expectation.helper().toString());
        }
    }

    private static void tuple(JsonGenerator out, String name, Tuple tuple) throws IOException {
        if (tuple.isSet()) {
            out.writeObjectFieldStart(name);
            TupleJson.write(out, tuple);
            out.writeEndObject();
        }
    }
}
