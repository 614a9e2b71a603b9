/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.status.DaemonStatus.LinkFigures;
import org.statelink.server.status.DaemonStatus.PeerFigures;
import org.statelink.server.status.DaemonStatus.QueueFigures;
import org.statelink.server.status.DaemonStatus.RoleFigures;

/** {@code --status}: a {@link DaemonStatus} on one screen, for people. */
public final class StatusScreen {
    private static final double MILLION = 1e6;

    private final StringBuilder out = new StringBuilder(1024);

    private StatusScreen() {
    }

    /** Several lines, each with a line feed. */
    public static String of(DaemonStatus status) {
        StatusScreen screen = new StatusScreen();
        screen.health(Health.of(status));
        screen.role(status.role());
        screen.line("mode", status.mode() + ", up for " + duration(status.uptimeSeconds()));
        screen.peers(status);
        status.links().forEach(screen::link);
        screen.flows(status);
        status.queues().forEach(screen::queue);
        screen.kernel(status);
        screen.commit(status);
        return screen.out.toString();
    }

    private void health(Health health) {
        line("health", health.level().label());
        health.reasons().forEach(reason -> line("", reason));
    }

    private void role(RoleFigures role) {
        String part = role.part().name().toLowerCase(Locale.ROOT);
        line("role", switch (role.reason()) {
            case "" -> part;
            case "traffic" -> part + ", judging by its traffic";
            default -> part + " for " + duration(role.seconds()) + " (" + role.reason() + ")";
        });
    }

    private void peers(DaemonStatus status) {
        if (status.peers().isEmpty()) {
            line("peer", "none was heard");
        }
        status.peers().forEach(this::peer);
    }

    private void peer(PeerFigures peer) {
        line("peer", peer.address() + ": " + (peer.live() ? "heard " : "SILENT, heard ")
            + TimeUnit.NANOSECONDS.toMillis(peer.silentNanos()) + " ms ago, " + peer.unacknowledged()
            + " messages to acknowledge, " + peer.missed() + " missed in " + peer.gaps() + " gaps");
    }

    private void link(LinkFigures link) {
        line("link", link.device() + " (" + link.transport() + "): " + link.status()
            + (link.active() ? ", in use" : ", backup") + ", sent " + packets(link.packetsSent(), link.bytesSent())
            + ", received " + packets(link.packetsReceived(), link.bytesReceived()) + ", "
            + (link.sendErrors() + link.receiveErrors()) + " errors"
            + (link.connections().isEmpty() ? "" : ", " + link.connections()));
    }

    private static String packets(long packets, long bytes) {
        return String.format(Locale.ROOT, "%d packets (%.1f MB)", packets, bytes / MILLION);
    }

    private void flows(DaemonStatus status) {
        line("flows", (status.bypass().isPresent() ? "no internal cache" : "own " + status.internal().active()) + ", "
            + (status.injection().isPresent() ? "no external cache" : "of the peers " + status.external().active())
            + status.kernel().table().map(table ->
                ", in the kernel " + table.entries() + " of " + table.maximum()).orElse(""));
    }

    private void queue(QueueFigures queue) {
        String room = queue.maximum() == Integer.MAX_VALUE ? "" : " of " + queue.maximum();
        line("queue", queue.name() + ": " + queue.length() + room + ", full " + queue.noSpace() + " times");
    }

    private void kernel(DaemonStatus status) {
        line("events", status.kernel().counters().eventsReceived() + " received, "
            + status.kernel().counters().eventsFiltered() + " filtered out, "
            + status.kernel().counters().overruns() + " overruns, " + status.kernel().counters().resyncs()
            + " resyncs");
        line("latency", "at most " + TimeUnit.NANOSECONDS.toMicros(status.latency().worstNanos())
            + " us in the last minute");
    }

    private void commit(DaemonStatus status) {
        ExternalCommit.Result result = status.commit().result();
        if (status.commit().running()) {
            line("commit", "under way");
        } else if (result.runs() == 0) {
            line("commit", "none yet");
        } else {
            line("commit", "the last one put " + result.lastCommitted() + " flows into the kernel in "
                + TimeUnit.NANOSECONDS.toMillis(result.lastNanos()) + " ms, " + result.lastRefused()
                + " were refused");
        }
    }

    private static String duration(long seconds) {
        long days = TimeUnit.SECONDS.toDays(seconds);
        String clock = String.format(Locale.ROOT, "%02d:%02d:%02d", TimeUnit.SECONDS.toHours(seconds) % 24,
            TimeUnit.SECONDS.toMinutes(seconds) % 60, seconds % 60);
        return days == 0 ? clock : days + " d " + clock;
    }

    private void line(String what, String text) {
        out.append(what).repeat(" ", Math.max(0, 9 - what.length())).append(text).append('\n');
    }
}
