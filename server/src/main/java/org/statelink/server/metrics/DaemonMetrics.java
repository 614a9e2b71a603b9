/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.kernel.InjectCounters;
import org.statelink.server.status.DaemonStatus;
import org.statelink.server.status.DaemonStatus.BypassFigures;
import org.statelink.server.status.DaemonStatus.CacheFigures;
import org.statelink.server.status.DaemonStatus.KernelFigures;
import org.statelink.server.status.DaemonStatus.LinkFigures;
import org.statelink.server.status.DaemonStatus.PeerFigures;
import org.statelink.server.status.DaemonStatus.QueueFigures;
import org.statelink.server.status.Health;
import org.statelink.server.status.KernelTable;
import org.statelink.server.status.LoopLatency;
import org.statelink.sync.protocol.SyncCounter;

/**
 * A {@link DaemonStatus} as metric families. All of them come from the one moment at which it was taken, which is why
 * they are no meters that would be asked one by one. Names follow Prometheus's conventions: base units, counters end
 * in {@code _total}.
 */
final class DaemonMetrics {
    private final DaemonStatus status;
    private final Families out = new Families();
    private final SharedMetrics shared = new SharedMetrics(out);

    private DaemonMetrics(DaemonStatus status) {
        this.status = status;
    }

    static MetricSnapshots of(DaemonStatus status) {
        DaemonMetrics metrics = new DaemonMetrics(status);
        metrics.daemon();
        metrics.caches();
        status.bypass().ifPresent(metrics::bypass);
        status.injection().ifPresent(metrics::injection);
        metrics.kernel(status.kernel());
        metrics.links(indexed(status.links()));
        metrics.peers(status.peers());
        metrics.protocol();
        metrics.queues(status.queues());
        metrics.commit(status.commit().result());
        metrics.control();
        metrics.latency(status.latency());
        return metrics.out.build();
    }

    private void daemon() {
        shared.build(status.mode());
        shared.uptime(status.uptimeSeconds());
        out.state("health_status", "What /health says", "status", Health.of(status).level());
        out.state("role", "Which part the node plays, as far as commands or traffic tell", "part",
            status.role().part());
    }

    private void caches() {
        List<CacheFigures> caches = new ArrayList<>();
        if (status.bypass().isEmpty()) {
            caches.add(status.internal());
        }
        if (status.injection().isEmpty()) {
            caches.add(status.external());
        }
        shared.caches(caches);
        shared.traffic(status.traffic());
    }

    private void bypass(BypassFigures bypass) {
        out.counter("bypass_additions", "New flows told without an internal cache", bypass.created());
        out.counter("bypass_updates", "Updates told without an internal cache", bypass.updated());
        out.counter("bypass_removals", "Ends of flows told without an internal cache", bypass.destroyed());
    }

    private void injection(InjectCounters.Snapshot injection) {
        out.counter("injection_additions", "Flows of the peers put into the kernel at once", injection.created());
        out.counter("injection_updates", "Flows of the peers updated in the kernel at once", injection.updated());
        out.counter("injection_removals", "Flows of the peers deleted from the kernel at once",
            injection.destroyed());
        out.counter("injection_failures", "States of the peers that the kernel refused",
            injection.createFailed() + injection.updateFailed() + injection.destroyFailed());
    }

    private void kernel(KernelFigures kernel) {
        shared.events(kernel.counters(), kernel.eventBufferBytes());
        out.gauge("netlink_event_loss_unrepaired", "1 from a loss of events until the cache is made equal again",
            kernel.eventLossUnrepaired());
        kernel.table().ifPresent(this::kernelTable);
    }

    private void kernelTable(KernelTable table) {
        out.gauge("kernel_table_entries", "Flows in the kernel's table, filtered ones included", table.entries());
        out.gauge("kernel_table_limit_entries", "Most flows that the kernel's table holds (nf_conntrack_max)",
            table.maximum());
    }

    /** A link with its place: two may share a device after a reload. */
    private record Indexed(int index, LinkFigures link) {
        Labels labels() {
            return Labels.of("link", Integer.toString(index), "device", link.device(), "transport",
                link.transport());
        }
    }

    private static List<Indexed> indexed(List<LinkFigures> links) {
        List<Indexed> indexed = new ArrayList<>();
        links.forEach(link -> indexed.add(new Indexed(indexed.size(), link)));
        return indexed;
    }

    private void links(List<Indexed> links) {
        out.gauges("link_up", "1 if the link's interface is up and has a carrier", links, Indexed::labels,
            each -> each.link.isUp() ? 1 : 0);
        out.gauges("link_active", "1 for the link that sends", links, Indexed::labels,
            each -> each.link.active() ? 1 : 0);
        link("sent_bytes", "Bytes sent", links, LinkFigures::bytesSent);
        link("sent_packets", "Packets sent", links, LinkFigures::packetsSent);
        link("send_errors", "Packets that could not be sent", links, LinkFigures::sendErrors);
        link("received_bytes", "Bytes received", links, LinkFigures::bytesReceived);
        link("received_packets", "Packets received", links, LinkFigures::packetsReceived);
        link("receive_errors", "Failed receives", links, LinkFigures::receiveErrors);
    }

    private void link(String name, String help, List<Indexed> links, ToLongFunction<LinkFigures> value) {
        out.counters("link_" + name, help, links, Indexed::labels, each -> value.applyAsLong(each.link));
    }

    private void peers(List<PeerFigures> peers) {
        out.gauge("peers_live", "Peers that were heard lately", peers.stream().filter(PeerFigures::live).count());
        out.gauges("peer_live", "1 if the peer was heard lately", peers, DaemonMetrics::labels,
            peer -> peer.live() ? 1 : 0);
        out.gauges("peer_silent_seconds", "Time since the peer was heard", peers, DaemonMetrics::labels,
            peer -> Families.toSeconds(peer.silentNanos()));
        out.gauges("peer_unacknowledged_messages", "Messages sent that the peer has not acknowledged yet", peers,
            DaemonMetrics::labels, PeerFigures::unacknowledged);
        out.counters("peer_gaps", "Times that the peer's sequence numbers jumped ahead", peers, DaemonMetrics::labels,
            PeerFigures::gaps);
        out.counters("peer_missed_messages", "Messages of the peer that did not come when their turn was", peers,
            DaemonMetrics::labels, PeerFigures::missed);
        out.counters("peer_acknowledgements", "Messages by which the peer acknowledged some of ours", peers,
            DaemonMetrics::labels, PeerFigures::acknowledgements);
    }

    private static Labels labels(PeerFigures peer) {
        return Labels.of("peer", Integer.toString(peer.index()), "address", peer.address());
    }

    private void protocol() {
        for (SyncCounter counter : SyncCounter.values()) {
            out.counter("sync_" + counter.label(), counter.sentence(), status.sync().get(counter));
        }
        out.gauge("missing_states_here", "States of the peers known to be missing here, at most",
            status.losses().here());
        out.gauge("missing_states_at_peers", "States of this node known to be missing at a peer, at most",
            status.losses().atPeers());
    }

    private void queues(List<QueueFigures> queues) {
        out.gauges("queue_length", "Elements in the queue", queues, DaemonMetrics::labels, QueueFigures::length);
        out.gauges("queue_limit_length", "Elements that the queue may hold", queues, DaemonMetrics::labels,
            QueueFigures::maximum);
        out.counters("queue_overflows", "Times that the queue was full", queues, DaemonMetrics::labels,
            QueueFigures::noSpace);
        out.gauge("queued_control_messages", "Control messages in any queue", status.controlMessages());
    }

    private static Labels labels(QueueFigures queue) {
        return Labels.of("queue", queue.name());
    }

    private void commit(ExternalCommit.Result result) {
        out.gauge("commit_running", "1 while the external cache is being written into the kernel",
            status.commit().running());
        out.counter("commits", "Commits that have ended", result.runs());
        out.counter("committed_flows", "Flows that the kernel took in commits", result.committed());
        out.counter("commit_refused_flows", "Flows that the kernel refused in commits", result.refused());
        out.seconds("commit_last_duration_seconds", "How long the last commit took", result.lastNanos());
    }

    private void control() {
        out.counter("control_requests", "Complete requests on the control socket", status.control().requests());
        out.counter("control_read_failures", "Clients of the control socket that left without a request",
            status.control().readFailed());
        out.counter("control_unknown_requests", "Requests on the control socket that nobody knows",
            status.control().unknownRequests());
        out.counter("control_timeouts", "Clients of the control socket that said or read nothing for too long",
            status.control().timedOut());
    }

    private void latency(LoopLatency.Figures latency) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < latency.counts().length; i++) {
            buckets.bucket(i == latency.boundsNanos().length ? Double.POSITIVE_INFINITY
                : Families.toSeconds(latency.boundsNanos()[i]), latency.counts()[i]);
        }
        out.add(HistogramSnapshot.builder().name("statelink_state_loop_latency_seconds")
            .help("How late the loop that owns all state does what is due, probed ten times a second").dataPoint(
                HistogramSnapshot.HistogramDataPointSnapshot.builder().classicHistogramBuckets(buckets.build())
                    .sum(Families.toSeconds(latency.sumNanos())).build()).build());
        out.seconds("state_loop_latency_worst_seconds", "The latest that it was in the last minute",
            latency.worstNanos());
    }
}
