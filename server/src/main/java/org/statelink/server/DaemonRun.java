/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.ConfigException;
import org.statelink.config.ConfigReader;
import org.statelink.config.ConfigResult;
import org.statelink.server.log.DaemonLog;
import org.statelink.server.log.LogFile;
import org.statelink.server.rehearsal.Rehearsal;
import org.statelink.server.system.LockFile;
import org.statelink.server.system.Signals;
import org.statelink.server.system.StartException;

/** A run of the daemon in this process: configuration, logs, start, wait, stop. Yields the program's exit code. */
final class DaemonRun {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonRun.class);
    private static final int REHEARSAL_SECONDS = 30;

    private DaemonRun() {
    }

    /** Runs until a signal or {@code -k} ends it. */
    static int inForeground(Path configFile) {
        DaemonLog.toConsole();
        try {
            ConfigResult read = ConfigReader.read(configFile);
            read.warnings().forEach(warning -> LOG.warn(warning.classicText()));
            read.startWarnings().forEach(warning -> LOG.warn(warning.classicText()));
            openLogFile(read.config().general().logFile());
            runToTheEnd(read, configFile.toAbsolutePath());
            return 0;
        } catch (ConfigException | StartException e) {
            LOG.error(e.getMessage());
            return 1;
        }
    }

    private static void runToTheEnd(ConfigResult read, Path file) throws StartException {
        Rehearsal.start(REHEARSAL_SECONDS, TimeUnit.SECONDS);
        LockFile lock = LockFile.acquire(read.config().general().lockFile());
        try (lock; Daemon daemon = Daemon.start(read.config(), file, KernelChoice.fromEnvironment())) {
            Signals.on("TERM", daemon::stop);
            Signals.on("INT", daemon::stop);
            Signals.on("HUP", daemon::reload);
            Signals.on("USR1", DaemonRun::reopenLogFile);
            LOG.info("-- starting in console mode --");
            daemon.awaitStop();
            LOG.info("---- shutdown received ----");
        }
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

    private static void reopenLogFile() {
        try {
            DaemonLog.reopenFile();
            LOG.info("log file opened anew");
        } catch (IOException e) {
            LOG.error("the log file cannot be opened anew: {}", e.getMessage());
        }
    }
}
