/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.function.Supplier;
import org.statelink.config.DaemonConfig;
import org.statelink.control.ControlCounters;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.server.kernel.KernelSide;
import org.statelink.server.reload.ModeSettings;
import org.statelink.server.system.DaemonLoops;
import org.statelink.server.system.StartException;

/** What the daemon works at, as far as the daemon must know. */
interface WorkingMode {
    /**
     * Makes what the configuration asks for, on the starting thread.
     *
     * @throws StartException with one line for the operator; then nothing is left open
     */
    static WorkingMode of(DaemonConfig config, NetlinkChannelFactory kernel, DaemonLoops loops) throws StartException {
        SupportedConfig.check(config);
        return config.stats().isPresent() ? Statistics.of(config, kernel, loops)
            : Replication.of(config, kernel, loops);
    }

    /** Takes part from now on. On the state loop. */
    void start();

    /** Ends it: sockets are closed, memory is given back. On the state loop. */
    void close();

    /** Its side towards the kernel. */
    KernelSide kernel();

    /** What it makes of another configuration. */
    ModeSettings settings();

    /**
     * What it says of itself; asked for once.
     *
     * @param controlLoop where texts are formatted
     * @param counters what the control socket counted, once there is one; any thread
     */
    Answers answers(EventLoop controlLoop, Supplier<Optional<ControlCounters>> counters);
}
