/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import org.statelink.server.reload.ModeSettings;
import org.statelink.server.reload.ReloadPlan;

/** Makes a running collector follow a plan: the limit of its cache. Another log needs a restart. */
public final class CollectorSettings implements ModeSettings {
    private final Collector collector;

    /** Settings of this collector. */
    public CollectorSettings(Collector collector) {
        this.collector = collector;
    }

    @Override
    public Runnable prepare(ReloadPlan plan) {
        int limit = plan.to().general().hashLimit();
        return () -> collector.cache().setLimit(limit);
    }
}
