/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.statelink.server.flowlog.FlowLogFigures;
import org.statelink.server.statistics.FlowStatistics;
import org.statelink.server.statistics.Talker;
import org.statelink.server.statistics.Total;
import org.statelink.server.status.CollectorStatus;

/** A {@link CollectorStatus} as metric families, under the names that {@link DaemonMetrics} has for the same things. */
final class CollectorMetrics {
    private CollectorMetrics() {
    }

    static MetricSnapshots of(CollectorStatus status) {
        Families out = new Families();
        SharedMetrics shared = new SharedMetrics(out);
        shared.build("Stats");
        shared.uptime(status.runtime().uptimeSeconds());
        shared.caches(List.of(status.cache()));
        shared.traffic(status.traffic());
        shared.events(status.runtime().kernel(), status.runtime().eventBufferBytes());
        totals(out, status.flows());
        talkers(out, status.flows());
        log(out, status.flows().log());
        return out.build();
    }

    private static void totals(Families out, FlowStatistics flows) {
        out.counters("ended_flows", "Flows that ended", flows.totals(), CollectorMetrics::kind, Total::flows);
        out.counters("ended_flow_kind_bytes", "What they have carried, as far as the kernel counts", flows.totals(),
            CollectorMetrics::kind, Total::bytes);
        out.counters("ended_flow_kind_packets", "What they have carried, as far as the kernel counts", flows.totals(),
            CollectorMetrics::kind, Total::packets);
    }

    private static Labels kind(Total total) {
        return Labels.of("protocol", total.protocolName(), "state", total.stateName());
    }

    private static void talkers(Families out, FlowStatistics flows) {
        out.gauges("talker_bytes", "Bytes of those who carried most within the window", flows.talkersByBytes(),
            CollectorMetrics::source, Talker::weight);
        out.gauges("talker_flows", "Flows of those who began most within the window", flows.talkersByFlows(),
            CollectorMetrics::source, Talker::weight);
    }

    private static Labels source(Talker talker) {
        return Labels.of("src", talker.address());
    }

    private static void log(Families out, FlowLogFigures log) {
        out.counter("flow_log_lines", "Flows that were logged", log.written());
        out.counter("flow_log_drops", "Flows that found the log's queue full", log.dropped());
        out.counter("flow_log_losses", "Flows that could not be written", log.lost());
        out.gauge("flow_log_queue_length", "Flows that wait to be written", log.waiting());
    }
}
