/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The heaviest keys of the last while: a window of some panes, of which the oldest is forgotten whenever a new one
 * begins. So it spans the window, less up to one pane. Not thread safe; adding allocates nothing.
 */
final class SlidingHitters {
    private static final int PANES = 6;
    private static final int COUNTERS = 1024;

    private final HeavyHitters[] panes = new HeavyHitters[PANES];
    private final long paneNanos;
    private int current;
    private long beganNanos;

    /** A window that begins at some time of a clock that only goes forward. */
    SlidingHitters(long windowNanos, long seed, long nowNanos) {
        paneNanos = Math.max(1, windowNanos / PANES);
        beganNanos = nowNanos;
        for (int i = 0; i < PANES; i++) {
            panes[i] = new HeavyHitters(COUNTERS, seed);
        }
    }

    /** Adds to a key's count. */
    void add(long high, long low, long weight, long nowNanos) {
        advance(nowNanos);
        panes[current].add(high, low, weight);
    }

    private void advance(long nowNanos) {
        for (int i = 0; nowNanos - beganNanos >= paneNanos && i < PANES; i++) {
            current = (current + 1) % PANES;
            panes[current].clear();
            beganNanos += paneNanos;
        }
        if (nowNanos - beganNanos >= paneNanos) {
            beganNanos = nowNanos;
        }
    }

    /** The heaviest, by falling weight. */
    List<Talker> heaviest(int most, long nowNanos) {
        advance(nowNanos);
        Map<Key, long[]> sums = new HashMap<>();
        for (HeavyHitters pane : panes) {
            pane.forEach((high, low, count, error) -> {
                long[] sum = sums.computeIfAbsent(new Key(high, low), key -> new long[2]);
                sum[0] += count;
                sum[1] += error;
            });
        }
        List<Talker> talkers = new ArrayList<>(sums.size());
        sums.forEach((key, sum) -> talkers.add(new Talker(key.high, key.low, sum[0], sum[1])));
        talkers.sort(Comparator.comparingLong(Talker::weight).reversed());
        return List.copyOf(talkers.subList(0, Math.min(most, talkers.size())));
    }

    private record Key(long high, long low) {
    }
}
