/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.statelink.conntrack.Addresses;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;

/** A tuple as members of a JSON object. */
final class TupleJson {
    private TupleJson() {
    }

    static void write(JsonGenerator out, Tuple tuple) throws IOException {
        out.writeStringField("src", Addresses.format(tuple.family(), tuple.sourceHigh(), tuple.sourceLow()));
        out.writeStringField("dst", Addresses.format(tuple.family(), tuple.destinationHigh(), tuple.destinationLow()));
        if (IpProtocol.hasPorts(tuple.protocol())) {
            out.writeNumberField("sport", tuple.sourcePort());
            out.writeNumberField("dport", tuple.destinationPort());
        } else if (IpProtocol.isIcmp(tuple.protocol())) {
            out.writeNumberField("type", tuple.icmpType());
            out.writeNumberField("code", tuple.icmpCode());
            out.writeNumberField("id", tuple.icmpId());
        } else if (tuple.protocol() == IpProtocol.GRE) {
            out.writeNumberField("srckey", tuple.sourcePort());
            out.writeNumberField("dstkey", tuple.destinationPort());
        }
        if (tuple.zone() != 0) {
            out.writeNumberField("zone", tuple.zone());
        }
    }
}
