/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.statelink.server.kernel.KernelCounters;
import org.statelink.server.status.DaemonStatus.CacheFigures;
import org.statelink.server.status.DaemonStatus.RuntimeFigures;
import org.statelink.server.status.DaemonStatus.Traffic;

/** Writes figures that a daemon has whatever it works at, under the same names. */
final class FigureJson {
    private FigureJson() {
    }

    /** A member that has the cache's name. */
    static void cache(JsonGenerator out, CacheFigures cache) throws IOException {
        out.writeObjectFieldStart(cache.name());
        out.writeNumberField("active", cache.active());
        out.writeNumberField("objects", cache.objects());
        out.writeNumberField("limit", cache.limit());
        out.writeNumberField("created", cache.created());
        out.writeNumberField("create_failed", cache.createFailed());
        out.writeNumberField("updated", cache.updated());
        out.writeNumberField("destroyed", cache.destroyed());
        out.writeEndObject();
    }

    /** The member {@code traffic}. */
    static void traffic(JsonGenerator out, Traffic traffic) throws IOException {
        out.writeObjectFieldStart("traffic");
        out.writeNumberField("bytes", traffic.bytes());
        out.writeNumberField("packets", traffic.packets());
        out.writeEndObject();
    }

    /** What was counted on the kernel's side, into the object that is open. */
    static void kernel(JsonGenerator out, RuntimeFigures runtime) throws IOException {
        KernelCounters.Snapshot counters = runtime.kernel();
        out.writeNumberField("events_received", counters.eventsReceived());
        out.writeNumberField("events_filtered", counters.eventsFiltered());
        out.writeNumberField("overruns", counters.overruns());
        out.writeNumberField("flushes", counters.flushes());
        out.writeNumberField("resyncs", counters.resyncs());
        out.writeNumberField("catch_ups", counters.catchUps());
        out.writeNumberField("event_buffer_bytes", runtime.eventBufferBytes());
    }
}
