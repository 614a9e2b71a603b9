/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Messages of a program that has no log yet, in the format of conntrackd's:
 * {@code [Sat Nov 21 19:02:07 2026] (pid=4051) [ERROR] text}. Source: docs of conntrackd's control socket, section 8.
 */
public final class ConsoleLog {
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private ConsoleLog() {
    }

    /** Writes a message of the level {@code ERROR}. */
    public static void error(PrintStream err, String text) {
        line(err, "ERROR", text);
    }

    /** Writes a message of the level {@code warning}. */
    public static void warning(PrintStream err, String text) {
        line(err, "warning", text);
    }

    /** Writes a message of any level: {@code info}, {@code notice}, {@code warning} or {@code ERROR}. */
    public static void line(PrintStream to, String level, String text) {
        StringBuilder line = new StringBuilder(text.length() + 64).append('[');
        appendTime(line, LocalDateTime.now(ZoneId.systemDefault()));
        line.append("] (pid=").append(ProcessHandle.current().pid()).append(") [").append(level).append("] ");
        to.print(line.append(text).append('\n'));
        to.flush();
    }

    /** Appends a time as {@code ctime(3)} writes it, without the line feed. */
    public static void appendTime(StringBuilder to, LocalDateTime time) {
        append3(to, DAYS, time.getDayOfWeek().getValue() - 1).append(' ');
        appendMonthToSecond(to, time);
        to.append(' ').append(time.getYear());
    }

    /** Appends the part of a time in {@code ctime(3)} that {@code syslog(3)} writes too. */
    public static void appendMonthToSecond(StringBuilder to, LocalDateTime time) {
        append3(to, MONTHS, time.getMonthValue() - 1).append(' ');
        append2(to, ' ', time.getDayOfMonth()).append(' ');
        append2(to, '0', time.getHour()).append(':');
        append2(to, '0', time.getMinute()).append(':');
        append2(to, '0', time.getSecond());
    }

    private static StringBuilder append3(StringBuilder to, String names, int index) {
        return to.append(names, 3 * index, 3 * index + 3);
    }

    private static StringBuilder append2(StringBuilder to, char padding, int value) {
        return value < 10 ? to.append(padding).append(value) : to.append(value);
    }
}
