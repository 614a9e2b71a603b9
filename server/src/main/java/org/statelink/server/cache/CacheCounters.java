/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/** The counters of one cache, 64 bits each. Called on the state loop; {@link #snapshot} is for other threads. */
public final class CacheCounters {
    private final long[] values;

    CacheCounters() {
        this(new long[CacheCounter.count()]);
    }

    private CacheCounters(long[] values) {
        this.values = values;
    }

    /** Value of a counter. */
    public long get(CacheCounter counter) {
        return values[counter.number()];
    }

    /** A copy that does not change any more. */
    public CacheCounters snapshot() {
        return new CacheCounters(values.clone());
    }

    void add(CacheCounter counter, long difference) {
        values[counter.number()] += difference;
    }

    void set(CacheCounter counter, long value) {
        values[counter.number()] = value;
    }

    void increment(CacheCounter counter) {
        values[counter.number()]++;
    }
}
