/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code General { }}, and in it the two small blocks. */
final class GeneralBlock implements Block {
    /** conntrackd warns that it ignores it. */
    static final String NICE_IS_FOLLOWED = "Nice holds for threads that are not in real time; conntrackd ignores it";

    private final ClassicCursor cursor;
    private final GeneralBuilder general = General.builder();
    private final FilterBlock filter;
    private final SchedulerBlock scheduler = new SchedulerBlock();
    private final UnixBlock unix = new UnixBlock();

    GeneralBlock(ClassicCursor cursor, Environment environment) {
        this.cursor = cursor;
        filter = new FilterBlock(cursor, environment);
    }

    General build() {
        return general.filter(filter.build()).scheduler(scheduler.build()).build();
    }

    @Override
    public String title() {
        return "General";
    }

    @Override
    public List<String> words() {
        return Words.GENERAL;
    }

    @Override
    public void entry(Token key) throws Unwound {
        String word = key.text();
        switch (word) {
            case "HashSize" -> general.hashSize(cursor.numberOr(65536, word));
            case "HashLimit" -> general.hashLimit(cursor.numberOr(262144, word));
            case "LogFile" -> logFile();
            case "Syslog" -> syslog();
            case "LockFile" -> general.lockFile(
                cursor.path(word, Limits.FILE_PATH, "LockFile path is longer than 256 characters"));
            case "UNIX" -> cursor.block(unix);
            case "NetlinkBufferSize", "SocketBufferSize" -> general.netlinkBufferSize(cursor.number(word));
            case "NetlinkBufferSizeMaxGrowth", "SocketBufferSizeMaxGrowth", "SocketBufferSizeMaxGrown" ->
                general.netlinkBufferSizeMaxGrowth(cursor.number(word));
            case "NetlinkOverrunResync" -> general.overrunResyncSeconds(overrunResync(word));
            case "NetlinkEventsReliable" -> general.netlinkEventsReliable(cursor.bool(word));
            case "EventIterationLimit" -> general.eventIterationLimit(cursor.numberOr(100, word));
            case "PollSecs" -> pollSeconds(word);
            case "Filter" -> filter.read();
            case "Scheduler" -> cursor.block(scheduler);
            case "Nice" -> nice(key);
            default -> general.systemd(cursor.bool(word));
        }
    }

    private void logFile() throws Unwound {
        Optional<Path> read =
            logFile(cursor, General.DEFAULT_LOG_FILE, "LogFile path is longer than 256 characters");
        if (read.isPresent()) {
            general.logFile(read.get());
        }
    }

    private void syslog() throws Unwound {
        Optional<Optional<SyslogFacility>> read = syslog(cursor, "");
        if (read.isPresent()) {
            general.syslog(read.get());
        }
    }

    private int overrunResync(String word) throws Unwound {
        if (cursor.isBoolean()) {
            return cursor.bool(word) ? General.DEFAULT_OVERRUN_RESYNC : 0;
        }
        return cursor.numberOr(General.DEFAULT_OVERRUN_RESYNC, word);
    }

    private void pollSeconds(String word) throws Unwound {
        Token written = cursor.peek();
        int seconds = cursor.number(word);
        if (seconds == 0) {
            cursor.findings().error(written, "`PollSecs' clause must be > 0");
        } else {
            general.pollSeconds(seconds);
        }
    }

    private void nice(Token key) throws Unwound {
        if (cursor.peek().kind() != Token.Kind.SIGNED_NUMBER) {
            throw cursor.fail("Nice needs a number with a sign, not " + cursor.shown());
        }
        Token value = cursor.take();
        general.nice(nice(value.text()));
        cursor.findings().warning(key, NICE_IS_FOLLOWED);
    }

    /** As nice(1) takes it: what is beyond the range is its end. */
    private static int nice(String text) {
        String digits = text.substring(1).replaceFirst("^0+(?=.)", "");
        int value = digits.length() > 2 ? 100 : Integer.parseInt(digits);
        return Math.clamp(text.startsWith("-") ? -value : value, General.LEAST_NICE, General.MOST_NICE);
    }

    /** A log file, for {@code on} the given one; empty for {@code off}, which undoes nothing. */
    static Optional<Path> logFile(ClassicCursor cursor, Path on, String tooLong) throws Unwound {
        if (cursor.isBoolean()) {
            return cursor.bool("LogFile") ? Optional.of(on) : Optional.empty();
        }
        return Optional.of(cursor.path("LogFile", Limits.FILE_PATH, tooLong));
    }

    /** A facility or none; outer empty: what was written says nothing. conntrackd's warnings end differently. */
    static Optional<Optional<SyslogFacility>> syslog(ClassicCursor cursor, String stop) throws Unwound {
        if (cursor.isBoolean()) {
            return Optional.of(cursor.bool("Syslog") ? Optional.of(SyslogFacility.DAEMON) : Optional.empty());
        }
        Token name = cursor.string("on, off or a syslog facility");
        Optional<SyslogFacility> facility = SyslogFacility.ofName(name.text());
        if (facility.isEmpty()) {
            cursor.findings().warning(name, "'" + name.text() + "' is not a known syslog facility, ignoring" + stop);
            return Optional.empty();
        }
        return Optional.of(facility);
    }

    private final class UnixBlock implements Block {
        @Override
        public String title() {
            return "UNIX";
        }

        @Override
        public List<String> words() {
            return Words.UNIX;
        }

        @Override
        public void entry(Token key) throws Unwound {
            if (key.text().equals("Path")) {
                general.controlSocket(
                    cursor.path("Path", Limits.SOCKET_PATH, "Path is longer than 107 characters"));
            } else {
                cursor.number(key.text());
                cursor.findings().warning(key, "deprecated unix backlog configuration, ignoring.");
            }
        }
    }

    private final class SchedulerBlock implements Block {
        private Scheduler.Type type;
        private int priority;

        Scheduler build() {
            return type == null ? Scheduler.DEFAULT : new Scheduler(type, priority);
        }

        @Override
        public String title() {
            return "Scheduler";
        }

        @Override
        public List<String> words() {
            return Words.SCHEDULER;
        }

        @Override
        public void entry(Token key) throws Unwound {
            Token value = cursor.peek();
            if (key.text().equals("Type")) {
                type(cursor.string("RR or FIFO"));
                return;
            }
            int number = cursor.number(key.text());
            if (number > 99) {
                cursor.findings().error(value, "`Priority' must be [0, 99]");
            } else {
                priority = number;
            }
        }

        private void type(Token name) {
            switch (name.text().toUpperCase(Locale.ROOT)) {
                case "RR" -> type = Scheduler.Type.RR;
                case "FIFO" -> type = Scheduler.Type.FIFO;
                default -> cursor.findings().error(name, "unknown scheduler `" + name.text() + "'");
            }
        }
    }
}
