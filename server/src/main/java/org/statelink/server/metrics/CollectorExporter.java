/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Consumer;
import org.statelink.server.status.CollectorSource;

/** Tells of a daemon that collects statistics. It is well as long as it answers: what it missed it counts. */
public record CollectorExporter(CollectorSource source) implements Exporter {
    private static final Condition WELL = new Condition(false, "{\"status\":\"ok\",\"reasons\":[]}\n");

    @Override
    public void metrics(Consumer<MetricSnapshots> answer) {
        source.ask(status -> answer.accept(CollectorMetrics.of(status)));
    }

    @Override
    public void health(Consumer<Condition> answer) {
        source.ask(status -> answer.accept(WELL));
    }
}
