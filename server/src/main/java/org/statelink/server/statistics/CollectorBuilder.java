/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.DaemonConfig;
import org.statelink.config.Environment;
import org.statelink.config.Stats;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.cache.InternalCaches;
import org.statelink.server.kernel.ExpectationFilter;
import org.statelink.server.flowlog.FlowLog;
import org.statelink.server.flowlog.FlowLogs;
import org.statelink.server.kernel.KernelSide;
import org.statelink.server.kernel.KernelStart;
import org.statelink.server.kernel.OwnDoing;
import org.statelink.server.system.DaemonLoops;
import org.statelink.server.system.StartException;
import org.statelink.server.system.StartUp;

/** Makes a {@link Collector}. Runs on the starting thread and waits there for what the loops do. */
public final class CollectorBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(CollectorBuilder.class);

    private final DaemonConfig config;
    private final Stats stats;
    private final StartUp start;
    private final KernelStart kernel;

    /** Makes one of what the configuration says in its {@code Stats} section. */
    public CollectorBuilder(DaemonConfig config, NetlinkChannelFactory factory, DaemonLoops loops) {
        this.config = config;
        stats = config.stats().orElseThrow();
        start = new StartUp(loops);
        kernel = new KernelStart(start, config.general(), factory);
    }

    /** Makes it; on failure nothing is left open. */
    public Collector build() throws StartException {
        tellWhatTheKernelLeavesOut(Environment.host());
        try {
            return assemble();
        } catch (StartException e) {
            start.giveUp();
            throw e;
        }
    }

    private Collector assemble() throws StartException {
        FlowLog log = start.opened(FlowLogs.open(stats));
        EndedFlows ended = new EndedFlows(stats.talkersWindow(), log, start.uptime());
        InternalCaches caches = start.opened(new InternalCaches(config.general().hashLimit(), false, false));
        InternalCache cache = caches.flows();
        CollectedFlows flows = new CollectedFlows(cache, ended, start.uptime());
        cache.setSession(flows);
        KernelSide side = kernel.open(caches, ExpectationFilter.NONE, OwnDoing.HEARD, flows,
            flows::onBurstEnd, config.general().overrunResyncSeconds());
        side.readNow();
        start.onState(side::startPolling);
        return new Collector(start.loops().state(), start.uptime(), side, caches, ended);
    }

    private static void tellWhatTheKernelLeavesOut(Environment host) {
        tellIfOff(host, "net.netfilter.nf_conntrack_acct", "count packets and bytes of flows");
        tellIfOff(host, "net.netfilter.nf_conntrack_timestamp", "tell when flows begin and end");
    }

    private static void tellIfOff(Environment host, String sysctl, String what) {
        if (host.sysctl(sysctl).orElse(1) == 0) {
            LOG.warn("the kernel does not {}: `sysctl -w {}=1' turns it on for flows that begin from then on", what,
                sysctl);
        }
    }
}
