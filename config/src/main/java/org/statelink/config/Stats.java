/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Logging of finished flows.
 *
 * @param logFile where each flow goes as one line, at most 256 characters; default none. {@code on} means
 *                {@link #DEFAULT_LOG_FILE}
 * @param syslog  the syslog facility for the same; default no syslog. {@code on} means daemon. If {@link General} names
 *                another one, that holds
 */
public record Stats(Optional<Path> logFile, Optional<SyslogFacility> syslog) {
    /** What {@code LogFile on} stands for. */
    public static final Path DEFAULT_LOG_FILE = Path.of("/var/log/conntrackd-stats.log");

    /** Checks that nothing is missing. */
    public Stats {
        Objects.requireNonNull(logFile, "logFile");
        Objects.requireNonNull(syslog, "syslog");
    }
}
