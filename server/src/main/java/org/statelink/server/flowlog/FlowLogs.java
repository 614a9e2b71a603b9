/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.statelink.config.JsonLog;
import org.statelink.config.Stats;

/** From the configuration to a log of flows. */
public final class FlowLogs {
    private FlowLogs() {
    }

    /** Opens what the configuration names. What cannot be opened is tried again while the log runs. */
    public static FlowLog open(Stats stats) {
        InstantSource clock = InstantSource.system();
        List<LogTarget> targets = new ArrayList<>();
        stats.logFile().ifPresent(file -> targets.add(new LogTarget(new ClassicFormat(ZoneId.systemDefault()),
            new LineFile(file, Rotation.NONE, clock.millis()))));
        stats.jsonLog().ifPresent(log -> targets.add(new LogTarget(new JsonFormat(),
            new LineFile(log.file(), rotation(log), clock.millis()))));
        return new FlowLog(stats.queueLength(), targets, clock);
    }

    private static Rotation rotation(JsonLog log) {
        return new Rotation(log.maxSize(), TimeUnit.SECONDS.toMillis(log.maxAge()), log.keep());
    }
}
