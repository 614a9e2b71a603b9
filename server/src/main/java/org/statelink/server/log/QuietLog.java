/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * One warning per kind and interval, with the number of those left out since; so that a flood of faults does not
 * become a flood of lines. Confined to one thread. Time is passed in.
 */
public final class QuietLog {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Logger logger;
    private final Map<String, Kind> kinds = new HashMap<>();

    /** Writes to the given logger. */
    public QuietLog(Logger logger) {
        this.logger = logger;
    }

    /**
     * Writes the line unless one of the same kind was written within the interval.
     *
     * @param kind what lines are alike, a constant
     * @param nowNanos a clock that only goes forward, in nanoseconds
     */
    public void warn(String kind, long nowNanos, String message) {
        Kind known = kinds.get(kind);
        if (known != null && nowNanos - known.writtenNanos < INTERVAL_NANOS) {
            known.leftOut++;
            return;
        }
        if (known == null) {
            known = new Kind();
            kinds.put(kind, known);
        }
        logger.warn(known.leftOut == 0 ? message : message + " (" + known.leftOut + " more like it before)");
        known.writtenNanos = nowNanos;
        known.leftOut = 0;
    }

    private static final class Kind {
        private long writtenNanos;
        private long leftOut;
    }
}
