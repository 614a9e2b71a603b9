/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.DaemonConfig;
import org.statelink.control.ControlBindException;
import org.statelink.control.ControlServer;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.server.control.DaemonControl;
import org.statelink.server.metrics.MetricsServer;
import org.statelink.server.replication.LiveSettings;
import org.statelink.server.replication.Replicator;
import org.statelink.server.replication.ReplicatorBuilder;
import org.statelink.server.status.StatusSource;
import org.statelink.server.system.DaemonLoops;
import org.statelink.server.system.StartException;

/** A running daemon. It answers on its control socket from the moment {@link #start} returns. */
final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final DaemonLoops loops;
    private final Replicator replicator;
    private final Reload reload;
    private Optional<ControlServer> control = Optional.empty();
    private Optional<MetricsServer> metrics = Optional.empty();

    private Daemon(DaemonLoops loops, Replicator replicator, Reload reload) {
        this.loops = loops;
        this.replicator = replicator;
        this.reload = reload;
    }

    /**
     * Starts; whatever was opened before a failure is closed again.
     *
     * @throws StartException with one line for the operator
     */
    static Daemon start(DaemonConfig config, NetlinkChannelFactory kernel) throws StartException {
        return start(config, Optional.empty(), kernel);
    }

    /** Likewise; the daemon can reload {@code file}, which the configuration was read from. */
    static Daemon start(DaemonConfig config, Path file, NetlinkChannelFactory kernel) throws StartException {
        return start(config, Optional.of(file), kernel);
    }

    private static Daemon start(DaemonConfig config, Optional<Path> file, NetlinkChannelFactory kernel)
        throws StartException {
        DaemonLoops loops = new DaemonLoops();
        loops.enterRealTime(config.general().scheduler());
        Daemon daemon;
        try {
            Replicator replicator = new ReplicatorBuilder(config, kernel, loops).build();
            daemon = new Daemon(loops, replicator, new Reload(file, config, new LiveSettings(loops, replicator)));
        } catch (StartException e) {
            loops.close();
            throw e;
        }
        try {
            daemon.open(config);
            return daemon;
        } catch (ControlBindException e) {
            daemon.close();
            throw new StartException(e.getMessage(), e);
        } catch (StartException e) {
            daemon.close();
            throw e;
        }
    }

    private void open(DaemonConfig config) throws ControlBindException, StartException {
        StatusSource status = new StatusSource(replicator, config.sync().orElseThrow().mode().displayName(),
            loops.control().next());
        DaemonControl service = new DaemonControl(replicator, status, loops.control().next(), reload::request,
            this::stop);
        if (config.general().controlSocket().isPresent()) {
            ControlServer server =
                ControlServer.bind(config.general().controlSocket().get(), loops.control(), service);
            status.setControlCounters(server.counters());
            control = Optional.of(server);
        }
        if (config.metrics().listen().isPresent()) {
            metrics = Optional.of(MetricsServer.open(config.metrics().listen().get(), loops.control(), status));
        }
        loops.state().submit(replicator::start).awaitUninterruptibly();
        LOG.info("initialization completed");
    }

    /** Where metrics are told, where they are. */
    Optional<MetricsServer> metrics() {
        return metrics;
    }

    Replicator replicator() {
        return replicator;
    }

    /** Asks it to read its configuration again. Any thread; returns at once, the log tells what came of it. */
    void reload() {
        reload.request(answer -> { });
    }

    /** Asks it to stop. Any thread; returns at once. */
    void stop() {
        stopped.countDown();
    }

    /** Waits until somebody asks it to stop. */
    void awaitStop() {
        boolean waiting = true;
        while (waiting) {
            try {
                stopped.await();
                waiting = false;
            } catch (InterruptedException e) {
                LOG.debug("interrupted while waiting for the end", e);
            }
        }
    }

    @Override
    public void close() {
        reload.close();
        metrics.ifPresent(MetricsServer::close);
        control.ifPresent(ControlServer::close);
        loops.state().submit(replicator::close).awaitUninterruptibly();
        loops.close();
    }
}
