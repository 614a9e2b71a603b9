/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.statelink.server.json.JsonObject;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.kernel.InjectCounters;
import org.statelink.server.status.DaemonStatus.BypassFigures;
import org.statelink.server.status.DaemonStatus.LinkFigures;
import org.statelink.server.status.DaemonStatus.PeerFigures;
import org.statelink.server.status.DaemonStatus.QueueFigures;
import org.statelink.sync.protocol.SyncCounter;

/**
 * Writes a {@link DaemonStatus} as one JSON object, followed by a line feed. A figure has the same name in every answer
 * that holds it; units are part of the name.
 */
public final class StatusJson {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final DaemonStatus status;
    private final JsonGenerator out;

    private StatusJson(DaemonStatus status, JsonGenerator out) {
        this.status = status;
        this.out = out;
    }

    /** Some members of the object. */
    private interface Sections {
        void write(StatusJson json) throws IOException;
    }

    /** {@code -s -o json}. */
    public static String general(DaemonStatus status) {
        return write(status, json -> {
            json.caches();
            FigureJson.traffic(json.out, status.traffic());
            json.links();
            json.protocol();
        });
    }

    /** {@code -s cache -o json}. */
    public static String caches(DaemonStatus status) {
        return write(status, StatusJson::caches);
    }

    /** {@code -s network -o json}. */
    public static String network(DaemonStatus status) {
        return write(status, json -> {
            json.protocol();
            json.links();
        });
    }

    /** {@code -s runtime -o json}. */
    public static String runtime(DaemonStatus status) {
        return write(status, json -> {
            json.uptime();
            json.kernel();
            json.control();
            json.latency();
        });
    }

    /** {@code -s link -o json}. */
    public static String links(DaemonStatus status) {
        return write(status, StatusJson::links);
    }

    /** {@code -s queue -o json}. */
    public static String queues(DaemonStatus status) {
        return write(status, StatusJson::queues);
    }

    /** {@code -s process -o json}: there are never child processes. */
    public static String processes(DaemonStatus status) {
        return write(status, json -> {
            json.out.writeArrayFieldStart("processes");
            json.out.writeEndArray();
        });
    }

    /** {@code --status -o json}: all there is. */
    public static String all(DaemonStatus status) {
        return write(status, json -> {
            json.health(Health.of(status));
            json.role();
            json.out.writeStringField("mode", status.mode());
            json.uptime();
            json.peers();
            json.links();
            json.caches();
            FigureJson.traffic(json.out, status.traffic());
            json.queues();
            json.kernel();
            json.commit();
            json.protocol();
            json.control();
            json.latency();
        });
    }

    /** {@code /health}. */
    public static String health(DaemonStatus status) {
        return write(status, json -> {
            Health health = Health.of(status);
            json.out.writeStringField("status", health.level().label());
            json.reasons(health);
        });
    }

    private static String write(DaemonStatus status, Sections sections) {
        StringBuilder text = new StringBuilder();
        JsonObject.append(text, out -> sections.write(new StatusJson(status, out)));
        return text.append('\n').toString();
    }

    private void health(Health health) throws IOException {
        out.writeObjectFieldStart("health");
        out.writeStringField("status", health.level().label());
        reasons(health);
        out.writeEndObject();
    }

    private void reasons(Health health) throws IOException {
        out.writeArrayFieldStart("reasons");
        for (String reason : health.reasons()) {
            out.writeString(reason);
        }
        out.writeEndArray();
    }

    private void role() throws IOException {
        out.writeObjectFieldStart("role");
        out.writeStringField("part", status.role().part().name().toLowerCase(Locale.ROOT));
        out.writeStringField("reason", status.role().reason());
        number("seconds", status.role().seconds());
        out.writeEndObject();
    }

    private void uptime() throws IOException {
        number("uptime_seconds", status.uptimeSeconds());
    }

    private void caches() throws IOException {
        out.writeObjectFieldStart("caches");
        if (status.bypass().isPresent()) {
            bypass(status.bypass().get());
        } else {
            FigureJson.cache(out, status.internal());
        }
        if (status.injection().isPresent()) {
            injection(status.injection().get());
        } else {
            FigureJson.cache(out, status.external());
        }
        out.writeEndObject();
    }

    private void bypass(BypassFigures bypass) throws IOException {
        out.writeObjectFieldStart("internal_bypass");
        number("created", bypass.created());
        number("updated", bypass.updated());
        number("destroyed", bypass.destroyed());
        out.writeEndObject();
    }

    private void injection(InjectCounters.Snapshot injection) throws IOException {
        out.writeObjectFieldStart("external_inject");
        number("created", injection.created());
        number("create_failed", injection.createFailed());
        number("updated", injection.updated());
        number("update_failed", injection.updateFailed());
        number("destroyed", injection.destroyed());
        number("destroy_failed", injection.destroyFailed());
        out.writeEndObject();
    }

    private void links() throws IOException {
        out.writeArrayFieldStart("links");
        for (LinkFigures link : status.links()) {
            link(link);
        }
        out.writeEndArray();
    }

    private void link(LinkFigures link) throws IOException {
        out.writeStartObject();
        out.writeStringField("transport", link.transport());
        out.writeStringField("device", link.device());
        out.writeStringField("status", link.status());
        out.writeBooleanField("active", link.active());
        if (!link.connections().isEmpty()) {
            out.writeStringField("connections", link.connections());
        }
        number("sent_bytes", link.bytesSent());
        number("sent_packets", link.packetsSent());
        number("send_errors", link.sendErrors());
        number("received_bytes", link.bytesReceived());
        number("received_packets", link.packetsReceived());
        number("receive_errors", link.receiveErrors());
        out.writeEndObject();
    }

    private void peers() throws IOException {
        out.writeArrayFieldStart("peers");
        for (PeerFigures peer : status.peers()) {
            out.writeStartObject();
            out.writeStringField("address", peer.address());
            out.writeBooleanField("live", peer.live());
            seconds("silent_seconds", peer.silentNanos());
            number("unacknowledged", peer.unacknowledged());
            number("gaps", peer.gaps());
            number("missed", peer.missed());
            number("acknowledgements", peer.acknowledgements());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeObjectFieldStart("losses");
        number("here", status.losses().here());
        number("at_peers", status.losses().atPeers());
        out.writeEndObject();
    }

    private void protocol() throws IOException {
        out.writeObjectFieldStart("protocol");
        for (SyncCounter counter : SyncCounter.values()) {
            number(counter.label(), status.sync().get(counter));
        }
        out.writeEndObject();
    }

    private void queues() throws IOException {
        out.writeArrayFieldStart("queues");
        for (QueueFigures queue : status.queues()) {
            out.writeStartObject();
            out.writeStringField("name", queue.name());
            number("length", queue.length());
            number("maximum", queue.maximum());
            number("no_space", queue.noSpace());
            out.writeEndObject();
        }
        out.writeEndArray();
        number("queued_control_messages", status.controlMessages());
    }

    private void kernel() throws IOException {
        out.writeObjectFieldStart("kernel");
        FigureJson.kernel(out, status.runtime());
        out.writeBooleanField("event_loss_unrepaired", status.kernel().eventLossUnrepaired());
        if (status.kernel().table().isPresent()) {
            number("table_entries", status.kernel().table().get().entries());
            number("table_maximum", status.kernel().table().get().maximum());
        }
        out.writeEndObject();
    }

    private void commit() throws IOException {
        ExternalCommit.Result result = status.commit().result();
        out.writeObjectFieldStart("commit");
        out.writeBooleanField("running", status.commit().running());
        number("runs", result.runs());
        number("committed", result.committed());
        number("refused", result.refused());
        number("last_committed", result.lastCommitted());
        number("last_refused", result.lastRefused());
        seconds("last_seconds", result.lastNanos());
        out.writeEndObject();
    }

    private void control() throws IOException {
        out.writeObjectFieldStart("control_socket");
        number("requests", status.control().requests());
        number("read_failed", status.control().readFailed());
        number("unknown_requests", status.control().unknownRequests());
        number("timed_out", status.control().timedOut());
        out.writeEndObject();
    }

    private void latency() throws IOException {
        seconds("worst_loop_latency_seconds", status.latency().worstNanos());
    }

    private void number(String name, long value) throws IOException {
        out.writeNumberField(name, value);
    }

    private void seconds(String name, long nanos) throws IOException {
        out.writeNumberField(name, nanos / NANOS_PER_SECOND);
    }
}
