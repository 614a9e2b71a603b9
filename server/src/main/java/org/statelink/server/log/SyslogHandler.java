/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Writes to syslog, which dates lines and marks their level by itself. */
final class SyslogHandler extends Handler {
    private final Syslog syslog;

    SyslogHandler(Syslog syslog) {
        this.syslog = syslog;
    }

    @Override
    public void publish(LogRecord line) {
        if (isLoggable(line)) {
            syslog.write(severity(line.getLevel()), line.getInstant(), LogLine.text(line));
        }
    }

    private static Syslog.Severity severity(Level level) {
        return switch (LogLine.levelName(level)) {
            case "ERROR" -> Syslog.Severity.ERROR;
            case "warning" -> Syslog.Severity.WARNING;
            case "notice" -> Syslog.Severity.NOTICE;
            default -> Syslog.Severity.INFO;
        };
    }

    @Override
    public void flush() {
        // every line is
    }

    @Override
    public void close() {
        syslog.close();
    }
}
