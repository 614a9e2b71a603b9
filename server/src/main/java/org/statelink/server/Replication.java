/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.function.Supplier;
import org.statelink.config.DaemonConfig;
import org.statelink.control.ControlCounters;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.server.control.ReplicatorAnswers;
import org.statelink.server.kernel.KernelSide;
import org.statelink.server.metrics.DaemonExporter;
import org.statelink.server.reload.ModeSettings;
import org.statelink.server.replication.Replicator;
import org.statelink.server.replication.ReplicatorBuilder;
import org.statelink.server.replication.ReplicatorSettings;
import org.statelink.server.status.StatusSource;
import org.statelink.server.system.DaemonLoops;
import org.statelink.server.system.StartException;

/** Works at keeping several firewalls' states equal. */
record Replication(Replicator replicator, String modeName) implements WorkingMode {
    static Replication of(DaemonConfig config, NetlinkChannelFactory kernel, DaemonLoops loops) throws StartException {
        return new Replication(new ReplicatorBuilder(config, kernel, loops).build(),
            config.sync().orElseThrow().mode().displayName());
    }

    @Override
    public void start() {
        replicator.start();
    }

    @Override
    public void close() {
        replicator.close();
    }

    @Override
    public KernelSide kernel() {
        return replicator.kernel();
    }

    @Override
    public ModeSettings settings() {
        return new ReplicatorSettings(replicator);
    }

    @Override
    public Answers answers(EventLoop controlLoop, Supplier<Optional<ControlCounters>> counters) {
        StatusSource status = new StatusSource(replicator, modeName, controlLoop, counters);
        return new Answers(new ReplicatorAnswers(replicator, status, controlLoop), new DaemonExporter(status));
    }
}
