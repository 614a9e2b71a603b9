/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import java.util.List;
import org.statelink.conntrack.Conntrack;
import org.statelink.server.flowlog.EndReason;
import org.statelink.server.flowlog.FlowLog;
import org.statelink.server.system.Uptime;

/** Takes every flow that ended: into totals, top talkers and log. On the state loop; taking allocates nothing. */
final class EndedFlows {
    private static final int TALKERS_SHOWN = 10;

    private final FlowTotals totals = new FlowTotals();
    private final int windowSeconds;
    private final FlowLog log;
    private final Uptime uptime;
    private final TopTalkers talkers;

    EndedFlows(int windowSeconds, FlowLog log, Uptime uptime) {
        this.windowSeconds = windowSeconds;
        this.log = log;
        this.uptime = uptime;
        talkers = new TopTalkers(windowSeconds, uptime.nanos());
    }

    /** A flow ended; what is given of it is what the kernel told last. */
    void add(Conntrack flow, EndReason reason) {
        totals.add(flow);
        talkers.add(flow, uptime.nanos());
        log.add(flow, reason);
    }

    /** No more come for now. */
    void onBurstEnd() {
        log.flush();
    }

    FlowStatistics snapshot() {
        long now = uptime.nanos();
        List<Talker> byBytes = talkers.byBytes(TALKERS_SHOWN, now);
        List<Talker> byFlows = talkers.byFlows(TALKERS_SHOWN, now);
        return new FlowStatistics(totals.snapshot(), windowSeconds, byBytes, byFlows, log.figures());
    }

    void close() {
        log.close();
    }
}
