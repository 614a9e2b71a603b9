/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.metrics;

import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.function.ToLongFunction;
import org.statelink.control.client.ProductVersion;
import org.statelink.server.kernel.KernelCounters;
import org.statelink.server.status.DaemonStatus.CacheFigures;
import org.statelink.server.status.DaemonStatus.Traffic;

/** The families that a daemon has whatever it works at. */
final class SharedMetrics {
    private final Families out;

    SharedMetrics(Families out) {
        this.out = out;
    }

    void build(String mode) {
        out.add(InfoSnapshot.builder().name("statelink_build").help("Which program this is").dataPoint(
            InfoSnapshot.InfoDataPointSnapshot.builder().labels(Labels.of("version", ProductVersion.STATELINK,
                "conntrackd", ProductVersion.CONNTRACKD, "mode", mode)).build()).build());
    }

    void uptime(long seconds) {
        out.gauge("uptime_seconds", "Time since the start", seconds);
    }

    void caches(List<CacheFigures> caches) {
        gauges("entries", "Flows that are alive", caches, CacheFigures::active);
        gauges("objects", "Flows, dead ones that wait for an acknowledgement included", caches, CacheFigures::objects);
        gauges("limit_objects", "Most objects (HashLimit)", caches, CacheFigures::limit);
        counters("additions", "Flows added", caches, CacheFigures::created);
        counters("refusals", "Flows that could not be added because the cache was full", caches,
            CacheFigures::createFailed);
        counters("updates", "Updates of flows", caches, CacheFigures::updated);
        counters("removals", "Flows that ended, were replaced or were flushed", caches, CacheFigures::destroyed);
    }

    private void gauges(String name, String help, List<CacheFigures> caches, ToLongFunction<CacheFigures> value) {
        out.gauges("cache_" + name, help, caches, cache -> Labels.of("cache", cache.name()), value::applyAsLong);
    }

    private void counters(String name, String help, List<CacheFigures> caches, ToLongFunction<CacheFigures> value) {
        out.counters("cache_" + name, help, caches, cache -> Labels.of("cache", cache.name()), value);
    }

    void traffic(Traffic traffic) {
        out.counter("ended_flow_bytes", "What flows that ended have carried, as far as the kernel counts",
            traffic.bytes());
        out.counter("ended_flow_packets", "What flows that ended have carried, as far as the kernel counts",
            traffic.packets());
    }

    void events(KernelCounters.Snapshot counters, int bufferBytes) {
        out.counter("kernel_events_received", "Events of flows that the kernel sent", counters.eventsReceived());
        out.counter("kernel_events_filtered", "Events that the filter kept out", counters.eventsFiltered());
        out.counter("netlink_overruns", "Times that the event socket's buffer was full and events were lost",
            counters.overruns());
        out.gauge("netlink_buffer_bytes", "Receive buffer of the event socket", bufferBytes);
        out.counter("kernel_resyncs", "Times that the kernel's whole table was read again", counters.resyncs());
        out.counter("kernel_catch_ups", "Times that it was read for flows that began during a commit",
            counters.catchUps());
        out.counter("kernel_flushes", "Flushes of the kernel's table that were asked for", counters.flushes());
    }
}
