/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.statelink.server.flowlog.FlowLogFigures;
import org.statelink.server.json.JsonObject;
import org.statelink.server.statistics.FlowStatistics;
import org.statelink.server.statistics.Talker;
import org.statelink.server.statistics.Total;

/** Writes {@link FlowStatistics} as one JSON object, followed by a line feed. */
public final class FlowStatisticsJson {
    private FlowStatisticsJson() {
    }

    /** One line. */
    public static String of(FlowStatistics statistics) {
        StringBuilder text = new StringBuilder();
        JsonObject.append(text, out -> {
            out.writeArrayFieldStart("totals");
            for (Total total : statistics.totals()) {
                total(out, total);
            }
            out.writeEndArray();
            out.writeObjectFieldStart("talkers");
            out.writeNumberField("window_seconds", statistics.windowSeconds());
            talkers(out, "bytes", statistics.talkersByBytes());
            talkers(out, "flows", statistics.talkersByFlows());
            out.writeEndObject();
            log(out, statistics.log());
        });
        return text.append('\n').toString();
    }

    private static void total(JsonGenerator out, Total total) throws IOException {
        out.writeStartObject();
        out.writeStringField("protocol", total.protocolName());
        out.writeNumberField("protocol_number", total.protocol());
        if (total.state() != Total.NO_STATE) {
            out.writeStringField("state", total.stateName());
        }
        out.writeNumberField("flows", total.flows());
        out.writeNumberField("packets", total.packets());
        out.writeNumberField("bytes", total.bytes());
        out.writeEndObject();
    }

    private static void talkers(JsonGenerator out, String unit, List<Talker> talkers) throws IOException {
        out.writeArrayFieldStart("by_".concat(unit));
        for (Talker talker : talkers) {
            out.writeStartObject();
            out.writeStringField("src", talker.address());
            out.writeNumberField(unit, talker.weight());
            out.writeNumberField("error", talker.error());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void log(JsonGenerator out, FlowLogFigures log) throws IOException {
        out.writeObjectFieldStart("log");
        out.writeNumberField("targets", log.targets());
        out.writeNumberField("written", log.written());
        out.writeNumberField("waiting", log.waiting());
        out.writeNumberField("dropped", log.dropped());
        out.writeNumberField("lost", log.lost());
        out.writeEndObject();
    }
}
