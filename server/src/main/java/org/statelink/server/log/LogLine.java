/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.statelink.control.client.ConsoleLog;

/**
 * One line as conntrackd writes it: {@code [Sat Nov 21 19:02:07 2026] (pid=4051) [notice] text}.
 *
 * <p>The four levels are {@code info} (debug and below), {@code notice}, {@code warning} and {@code ERROR}. A cause
 * adds its message to the line; stack traces appear only at debug level.
 */
public final class LogLine extends Formatter {
    private final long pid = ProcessHandle.current().pid();

    @Override
    public String format(LogRecord line) {
        StringBuilder text = new StringBuilder(128);
        ConsoleLog.appendTime(text.append('['), LocalDateTime.ofInstant(line.getInstant(), ZoneId.systemDefault()));
        text.append("] (pid=").append(pid).append(") [").append(levelName(line.getLevel()))
            .append("] ").append(text(line));
        return text.append('\n').toString();
    }

    /** The line without what stands before it; its parameters were put in by whoever logged it. */
    static String text(LogRecord line) {
        String text = line.getMessage();
        return line.getThrown() == null ? text : text + ": " + describe(line.getThrown());
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null || cause instanceof RuntimeException ? cause.toString() : message;
    }

    /** conntrackd's word for a level. */
    static String levelName(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warning";
        }
        return level.intValue() >= Level.INFO.intValue() ? "notice" : "info";
    }
}
