/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Consumer;

/** What a daemon tells over HTTP, whatever it works at. Asked on the control loop, where the answers arrive. */
public interface Exporter {
    /** Asks for its figures as metric families. */
    void metrics(Consumer<MetricSnapshots> answer);

    /** Asks how it is. */
    void health(Consumer<Condition> answer);

    /**
     * How a daemon is.
     *
     * @param failed whether it does not do what it is there for
     * @param json the same in words
     */
    record Condition(boolean failed, String json) {
    }
}
