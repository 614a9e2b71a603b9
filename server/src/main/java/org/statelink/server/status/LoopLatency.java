/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How late a loop does what was to be done now: ten times a second something is due, and how long it waits is counted.
 * After a time without air the probes that fell due meanwhile follow, each as late as it was. On that loop; allocates
 * nothing.
 */
public final class LoopLatency implements Runnable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Probes over which the worst one is remembered: a minute. */
    private static final int REMEMBERED = 600;
    private static final long[] BOUNDS_NANOS = bounds(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000,
        100_000, 250_000, 1_000_000);

    private final Ticker ticker;
    private final long[] counts = new long[BOUNDS_NANOS.length + 1];
    private final long[] latest = new long[REMEMBERED];
    private long probes;
    private long sumNanos;
    private long dueNanos;

    LoopLatency(Ticker ticker) {
        this.ticker = ticker;
    }

    private static long[] bounds(long... micros) {
        return Arrays.stream(micros).map(TimeUnit.MICROSECONDS::toNanos).toArray();
    }

    /** Begins; ends with the loop. Any thread. */
    void start(EventLoop loop) {
        loop.execute(() -> {
            loop.scheduleAtFixedRate(this, PERIOD_NANOS, PERIOD_NANOS, TimeUnit.NANOSECONDS);
            dueNanos = ticker.nanoTime() + PERIOD_NANOS;
        });
    }

    @Override
    public void run() {
        long now = ticker.nanoTime();
        // the loop's own idea of the time that is due is a little earlier; a punctual probe tells it
        dueNanos = Math.min(dueNanos, now);
        record(now - dueNanos);
        dueNanos += PERIOD_NANOS;
    }

    void record(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        latest[(int) (probes++ % REMEMBERED)] = nanos;
        sumNanos += nanos;
    }

    /** The figures as they are now. */
    Figures figures() {
        long worst = 0;
        for (long nanos : latest) {
            worst = Math.max(worst, nanos);
        }
        return new Figures(BOUNDS_NANOS, counts.clone(), sumNanos, worst);
    }

    /**
     * What the probes came to.
     *
     * @param boundsNanos upper bounds of the buckets; not to be changed
     * @param counts probes in each bucket, and behind them those beyond the last bound; not to be changed
     * @param sumNanos how late all of them were together
     * @param worstNanos how late the worst one of the last minute was
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Figures(long[] boundsNanos, long[] counts, long sumNanos, long worstNanos) {
    }
}
