/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.statelink.server.json.JsonObject;

/**
 * Writes a {@link CollectorStatus} as one JSON object, followed by a line feed. What a daemon that replicates has too
 * has the same name there.
 */
public final class CollectorJson {
    private CollectorJson() {
    }

    /** {@code -s -o json}. */
    public static String general(CollectorStatus status) {
        return write(out -> {
            cache(out, status);
            FigureJson.traffic(out, status.traffic());
        });
    }

    /** {@code -s cache -o json}. */
    public static String caches(CollectorStatus status) {
        return write(out -> cache(out, status));
    }

    /** {@code -s runtime -o json}. */
    public static String runtime(CollectorStatus status) {
        return write(out -> {
            out.writeNumberField("uptime_seconds", status.runtime().uptimeSeconds());
            out.writeObjectFieldStart("kernel");
            FigureJson.kernel(out, status.runtime());
            out.writeEndObject();
            out.writeObjectFieldStart("control_socket");
            out.writeNumberField("read_failed", status.runtime().readsFailed());
            out.writeEndObject();
        });
    }

    private static void cache(JsonGenerator out, CollectorStatus status) throws IOException {
        out.writeObjectFieldStart("caches");
        FigureJson.cache(out, status.cache());
        out.writeEndObject();
    }

    private static String write(JsonObject.Members members) {
        StringBuilder text = new StringBuilder();
        JsonObject.append(text, members);
        return text.append('\n').toString();
    }
}
