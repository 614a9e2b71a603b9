/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The whole configuration of the daemon, whatever language it was written in. Immutable.
 *
 * @param general what every kind of daemon has; never absent, a file without it means the defaults
 * @param sync    replication between firewalls; empty: this daemon replicates nothing. Never together with {@code
 *                stats}
 * @param stats   logging of finished flows; empty: this daemon logs none
 * @param helpers the user-space connection-tracking helpers; by default none
 * @param metrics metrics and health over HTTP; by default none
 */
public record DaemonConfig(General general, Optional<Sync> sync, Optional<Stats> stats, Helpers helpers,
                           Metrics metrics) {
    /** Refuses what no daemon can be: one that replicates and one that logs at once. */
    public DaemonConfig {
        Objects.requireNonNull(general, "general");
        Objects.requireNonNull(helpers, "helpers");
        Objects.requireNonNull(metrics, "metrics");
        if (sync.isPresent() && stats.isPresent()) {
            throw new IllegalArgumentException("sync and stats exclude each other");
        }
    }

    /** What an empty file means: a daemon with nothing to do. */
    public static DaemonConfig defaults() {
        return new DaemonConfig(General.builder().build(), Optional.empty(), Optional.empty(), Helpers.NONE,
            Metrics.OFF);
    }

    /** The same with this replication. */
    public DaemonConfig withSync(Sync value) {
        return new DaemonConfig(general, Optional.of(value), Optional.empty(), helpers, metrics);
    }

    /** The same with this general part. */
    public DaemonConfig withGeneral(General value) {
        return new DaemonConfig(value, sync, stats, helpers, metrics);
    }

    /** The same with these metrics. */
    public DaemonConfig withMetrics(Metrics value) {
        return new DaemonConfig(general, sync, stats, helpers, value);
    }

    /** The dedicated links, in the order of the file; none without {@link #sync()}. */
    public List<LinkConfig> links() {
        return sync.map(Sync::links).orElse(List.of());
    }
}
