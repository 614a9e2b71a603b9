/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.statelink.config.JsonLog;
import org.statelink.config.Stats;
import org.statelink.config.SyslogFacility;
import org.statelink.server.log.Syslog;
import org.statelink.server.system.StartException;

/** From the configuration to a log of flows. */
public final class FlowLogs {
    private FlowLogs() {
    }

    /**
     * Opens what the configuration names. A file that cannot be opened is tried again while the log runs.
     *
     * @throws StartException if the system gives no socket for syslog
     */
    public static FlowLog open(Stats stats) throws StartException {
        InstantSource clock = InstantSource.system();
        List<LogTarget> targets = new ArrayList<>();
        stats.logFile().ifPresent(file -> targets.add(new LogTarget(new ClassicFormat(ZoneId.systemDefault()),
            new LineFile(file, Rotation.NONE, clock.millis()))));
        if (stats.syslog().isPresent()) {
            targets.add(new LogTarget(new EntryOnly(), new SyslogSink(syslog(stats.syslog().get()))));
        }
        stats.jsonLog().ifPresent(log -> targets.add(new LogTarget(new JsonFormat(),
            new LineFile(log.file(), rotation(log), clock.millis()))));
        return new FlowLog(stats.queueLength(), targets, clock);
    }

    private static Syslog syslog(SyslogFacility facility) throws StartException {
        try {
            return Syslog.open(Syslog.SOCKET, facility.number());
        } catch (IOException e) {
            throw StartException.because("cannot write to syslog", e);
        }
    }

    private static Rotation rotation(JsonLog log) {
        return new Rotation(log.maxSize(), TimeUnit.SECONDS.toMillis(log.maxAge()), log.keep());
    }
}
