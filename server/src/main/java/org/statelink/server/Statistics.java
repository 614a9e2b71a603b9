/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.function.Supplier;
import org.statelink.config.DaemonConfig;
import org.statelink.control.ControlCounters;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.server.control.CollectorAnswers;
import org.statelink.server.kernel.KernelSide;
import org.statelink.server.metrics.CollectorExporter;
import org.statelink.server.reload.ModeSettings;
import org.statelink.server.statistics.Collector;
import org.statelink.server.statistics.CollectorBuilder;
import org.statelink.server.statistics.CollectorSettings;
import org.statelink.server.status.CollectorSource;
import org.statelink.server.system.DaemonLoops;
import org.statelink.server.system.StartException;

/** Works at knowing what the firewall's flows are and were. */
record Statistics(Collector collector) implements WorkingMode {
    static Statistics of(DaemonConfig config, NetlinkChannelFactory kernel, DaemonLoops loops) throws StartException {
        return new Statistics(new CollectorBuilder(config, kernel, loops).build());
    }

    /** It collects since it was made. */
    @Override
    public void start() {
    }

    @Override
    public void close() {
        collector.close();
    }

    @Override
    public KernelSide kernel() {
        return collector.kernel();
    }

    @Override
    public ModeSettings settings() {
        return new CollectorSettings(collector);
    }

    @Override
    public Answers answers(EventLoop controlLoop, Supplier<Optional<ControlCounters>> counters) {
        CollectorSource source = new CollectorSource(collector, controlLoop, counters);
        return new Answers(new CollectorAnswers(collector, source, controlLoop), new CollectorExporter(source));
    }
}
