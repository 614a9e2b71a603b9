/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.ConfigException;
import org.statelink.config.ConfigReader;
import org.statelink.config.ConfigResult;
import org.statelink.config.DaemonConfig;
import org.statelink.config.General;
import org.statelink.config.SyslogFacility;
import org.statelink.server.log.DaemonLog;
import org.statelink.server.log.LogFile;
import org.statelink.server.log.Syslog;
import org.statelink.server.rehearsal.Rehearsal;
import org.statelink.server.system.LockFile;
import org.statelink.server.system.ServiceManager;
import org.statelink.server.system.Signals;
import org.statelink.server.system.StartException;
import org.statelink.server.system.Watchdog;

/** A run of the daemon in this process: configuration, logs, start, wait, stop. Yields the program's exit code. */
final class DaemonRun {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonRun.class);
    private static final int REHEARSAL_SECONDS = 30;

    private final StartMode mode;
    private final Path file;
    /** A signal that comes before the daemon is there waits for it. */
    private final CompletableFuture<Daemon> running = new CompletableFuture<>();

    private DaemonRun(StartMode mode, Path file) {
        this.mode = mode;
        this.file = file;
    }

    /** Runs until a signal or {@code -k} ends it. */
    static int run(StartMode mode, Path file) {
        mode.openTerminal();
        try {
            new DaemonRun(mode, file.toAbsolutePath()).run();
            return 0;
        } catch (ConfigException | StartException e) {
            LOG.error(e.getMessage());
            return 1;
        } finally {
            DaemonLog.flush();
        }
    }

    /** One line on what a daemon with this configuration does. */
    static String status(DaemonConfig config) {
        return config.sync().map(sync -> "Replicating in mode " + sync.mode().displayName())
            .orElse("Collecting statistics of flows");
    }

    private void run() throws ConfigException, StartException {
        ConfigResult read = ConfigReader.read(file);
        read.warnings().forEach(warning -> LOG.warn(warning.classicText()));
        read.startWarnings().forEach(warning -> LOG.warn(warning.classicText()));
        General general = read.config().general();
        openLogFile(general.logFile());
        openSyslog(general.syslog());
        if (RehearsalChoice.fromEnvironment()) {
            Rehearsal.start(REHEARSAL_SECONDS, TimeUnit.SECONDS);
        }
        listenToSignals();
        try (LockFile lock = LockFile.acquire(general.lockFile());
             ServiceManager manager = ServiceManager.of(general.systemd() ? System.getenv() : Map.of())) {
            LOG.debug("locked {}", lock);
            serve(read.config(), manager);
        }
    }

    private void serve(DaemonConfig config, ServiceManager manager) throws StartException {
        try (Daemon daemon = Daemon.start(config, file, KernelChoice.fromEnvironment(), manager);
             Watchdog watchdog = Watchdog.feed(manager, daemon.stateLoop())) {
            LOG.info("-- starting in {} mode --", mode.word());
            LOG.debug("{}", watchdog);
            mode.tellReady(manager, status(config));
            running.complete(daemon);
            daemon.awaitStop();
            manager.stopping();
            LOG.info("---- shutdown received ----");
        }
    }

    private void listenToSignals() {
        Signals.on("TERM", () -> running.thenAccept(Daemon::stop));
        Signals.on("INT", () -> running.thenAccept(Daemon::stop));
        Signals.on("HUP", () -> running.thenAccept(Daemon::reload));
        Signals.on("USR1", DaemonRun::reopenLogFile);
    }

    private static void openLogFile(Optional<Path> file) throws StartException {
        if (file.isEmpty()) {
            return;
        }
        try {
            DaemonLog.alsoTo(Optional.of(LogFile.open(file.get())));
        } catch (IOException e) {
            throw new StartException("can't open logfile `" + file.get() + "'. Reason: " + e.getMessage(), e);
        }
    }

    private static void openSyslog(Optional<SyslogFacility> facility) throws StartException {
        if (facility.isEmpty()) {
            return;
        }
        try {
            DaemonLog.alsoTo(Syslog.open(Syslog.SOCKET, facility.get().number()));
        } catch (IOException e) {
            throw StartException.because("cannot write to syslog", e);
        }
    }

    private static void reopenLogFile() {
        try {
            DaemonLog.reopenFile();
            LOG.info("log file opened anew");
        } catch (IOException e) {
            LOG.error("the log file cannot be opened anew: {}", e.getMessage());
        }
    }
}
