/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import io.netty.channel.EventLoop;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.DaemonConfig;
import org.statelink.control.ControlBindException;
import org.statelink.control.ControlCounters;
import org.statelink.control.ControlServer;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.server.control.DaemonControl;
import org.statelink.server.metrics.MetricsServer;
import org.statelink.server.system.DaemonLoops;
import org.statelink.server.system.ServiceManager;
import org.statelink.server.system.StartException;

/** A running daemon. It answers on its control socket from the moment {@link #start} returns. */
final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final DaemonLoops loops;
    private final WorkingMode mode;
    private final Reload reload;
    private volatile Optional<ControlServer> control = Optional.empty();
    private Optional<MetricsServer> metrics = Optional.empty();

    private Daemon(DaemonLoops loops, WorkingMode mode, Reload reload) {
        this.loops = loops;
        this.mode = mode;
        this.reload = reload;
    }

    /**
     * Starts; whatever was opened before a failure is closed again.
     *
     * @throws StartException with one line for the operator
     */
    static Daemon start(DaemonConfig config, NetlinkChannelFactory kernel) throws StartException {
        return start(config, Optional.empty(), kernel, ServiceManager.NONE);
    }

    /** Likewise; the daemon can reload {@code file}, which the configuration was read from, and says when it does. */
    static Daemon start(DaemonConfig config, Path file, NetlinkChannelFactory kernel, ServiceManager manager)
        throws StartException {
        return start(config, Optional.of(file), kernel, manager);
    }

    private static Daemon start(DaemonConfig config, Optional<Path> file, NetlinkChannelFactory kernel,
        ServiceManager manager) throws StartException {
        DaemonLoops loops = new DaemonLoops();
        loops.enterRealTime(config.general().scheduler());
        loops.setNice(config.general().nice());
        Daemon daemon;
        try {
            WorkingMode mode = WorkingMode.of(config, kernel, loops);
            daemon = new Daemon(loops, mode, new Reload(file, config, new LiveSettings(loops, mode), manager));
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
        Answers answers = mode.answers(loops.control().next(), this::controlCounters);
        DaemonControl service = new DaemonControl(answers.control(), reload::request, this::stopAsAsked);
        if (config.general().controlSocket().isPresent()) {
            control = Optional.of(
                ControlServer.bind(config.general().controlSocket().get(), loops.control(), service));
        }
        if (config.metrics().listen().isPresent()) {
            metrics = Optional.of(
                MetricsServer.open(config.metrics().listen().get(), loops.control(), answers.exporter()));
        }
        loops.state().submit(mode::start).awaitUninterruptibly();
        LOG.info("initialization completed");
    }

    private Optional<ControlCounters> controlCounters() {
        return control.map(ControlServer::counters);
    }

    /** Where metrics are told, where they are. */
    Optional<MetricsServer> metrics() {
        return metrics;
    }

    WorkingMode mode() {
        return mode;
    }

    /** The loop that must keep turning. */
    EventLoop stateLoop() {
        return loops.state();
    }

    /** Asks it to read its configuration again. Any thread; returns at once, the log tells what came of it. */
    void reload() {
        reload.request(answer -> { });
    }

    /** As a client asked, to whom it is gone when he has his answer. On the control loop. */
    private void stopAsAsked() {
        control.ifPresent(ControlServer::close);
        stop();
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
        loops.state().submit(mode::close).awaitUninterruptibly();
        loops.close();
    }
}
