/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Statistics of flows, and logging of the finished ones.
 *
 * @param logFile where each flow goes as one line, at most 256 characters; default none. {@code on} means
 *                {@link #DEFAULT_LOG_FILE}
 * @param syslog  the syslog facility for the same; default no syslog. {@code on} means daemon. If {@link General} names
 *                another one, that holds
 * @param jsonLog the same as JSON; default none
 * @param queueLength flows that may wait to be logged, what is beyond is not logged but counted; default
 *                {@link #DEFAULT_QUEUE_LENGTH}
 * @param talkersWindow seconds over which the top talkers are found; default {@link #DEFAULT_TALKERS_WINDOW}
 */
public record Stats(Optional<Path> logFile, Optional<SyslogFacility> syslog, Optional<JsonLog> jsonLog,
                    int queueLength, int talkersWindow) {
    /** What {@code LogFile on} stands for. */
    public static final Path DEFAULT_LOG_FILE = Path.of("/var/log/conntrackd-stats.log");
    /** Flows that may wait to be logged unless a configuration says otherwise. */
    public static final int DEFAULT_QUEUE_LENGTH = 16_384;
    /** The most flows that may wait. */
    public static final int LONGEST_QUEUE = 1 << 20;
    /** Seconds over which the top talkers are found unless a configuration says otherwise. */
    public static final int DEFAULT_TALKERS_WINDOW = 300;

    /** Checks that nothing is missing. */
    public Stats {
        Objects.requireNonNull(logFile, "logFile");
        Objects.requireNonNull(syslog, "syslog");
        Objects.requireNonNull(jsonLog, "jsonLog");
    }

    /** What the classic language can say. */
    public Stats(Optional<Path> logFile, Optional<SyslogFacility> syslog) {
        this(logFile, syslog, Optional.empty(), DEFAULT_QUEUE_LENGTH, DEFAULT_TALKERS_WINDOW);
    }

    /** Whether flows are logged anywhere. */
    public boolean isLogging() {
        return logFile.isPresent() || syslog.isPresent() || jsonLog.isPresent();
    }
}
