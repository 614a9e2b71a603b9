/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Passes lines on to where they go, but of one that comes again and again only the first few of an interval. How many
 * were left out is told with the first line after the interval, whichever that is. Any thread.
 */
final class FloodGuard extends Handler {
    static final int BURST = 10;
    static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MAX_KINDS = 64;

    private final LongSupplier clock;
    private final List<Handler> targets = new CopyOnWriteArrayList<>();
    private final SequencedMap<String, Repeats> kinds = new LinkedHashMap<>();

    /** Measures intervals by a clock of nanoseconds that only goes forward. */
    FloodGuard(LongSupplier clock) {
        this.clock = clock;
    }

    void add(Handler target) {
        if (!targets.contains(target)) {
            targets.add(target);
        }
    }

    void removeConsole() {
        targets.removeIf(ConsoleHandler.class::isInstance);
    }

    void removeAll() {
        targets.clear();
    }

    @Override
    public synchronized void publish(LogRecord line) {
        long now = clock.getAsLong();
        tellExpired(now);
        if (repeats(line, now).isWithinBurst()) {
            pass(line);
        }
    }

    private Repeats repeats(LogRecord line, long now) {
        String text = String.valueOf(line.getMessage());
        if (kinds.size() == MAX_KINDS && !kinds.containsKey(text)) {
            tell(kinds.pollFirstEntry().getValue());
        }
        return kinds.computeIfAbsent(text, key -> new Repeats(line.getLevel(), key, now));
    }

    private void tellExpired(long now) {
        // kinds are in the order of their first line
        Iterator<Repeats> oldest = kinds.values().iterator();
        while (oldest.hasNext()) {
            Repeats kind = oldest.next();
            if (now - kind.sinceNanos < INTERVAL_NANOS) {
                return;
            }
            oldest.remove();
            tell(kind);
        }
    }

    private void tell(Repeats kind) {
        if (kind.count > BURST) {
            pass(new LogRecord(kind.level, "last message repeated " + (kind.count - BURST) + " times: " + kind.text));
        }
    }

    private void pass(LogRecord line) {
        targets.forEach(target -> target.publish(line));
    }

    @Override
    public synchronized void flush() {
        kinds.values().forEach(this::tell);
        kinds.clear();
        targets.forEach(Handler::flush);
    }

    @Override
    public void close() {
        flush();
        targets.forEach(Handler::close);
    }

    /** How often a line came since its first time. */
    private static final class Repeats {
        private final Level level;
        private final String text;
        private final long sinceNanos;
        private int count;

        Repeats(Level level, String text, long sinceNanos) {
            this.level = level;
            this.text = text;
            this.sinceNanos = sinceNanos;
        }

        boolean isWithinBurst() {
            count++;
            return count <= BURST;
        }
    }
}
