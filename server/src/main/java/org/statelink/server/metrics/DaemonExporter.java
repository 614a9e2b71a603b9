/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Consumer;
import org.statelink.server.status.Health;
import org.statelink.server.status.StatusJson;
import org.statelink.server.status.StatusSource;

/** Tells of a daemon that replicates. */
public record DaemonExporter(StatusSource source) implements Exporter {
    @Override
    public void metrics(Consumer<MetricSnapshots> answer) {
        source.ask(status -> answer.accept(DaemonMetrics.of(status)));
    }

    @Override
    public void health(Consumer<Condition> answer) {
        source.ask(status -> answer.accept(
            new Condition(Health.of(status).level() == Health.Level.FAILED, StatusJson.health(status))));
    }
}
