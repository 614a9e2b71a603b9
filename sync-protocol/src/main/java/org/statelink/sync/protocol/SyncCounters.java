/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

/** Values of all {@link SyncCounter}s of one daemon. Not thread safe: written and read on the state loop. */
public final class SyncCounters {
    private final long[] values;

    /** All begin at 0. */
    public SyncCounters() {
        this(new long[SyncCounter.COUNT]);
    }

    private SyncCounters(long[] values) {
        this.values = values;
    }

    /** Adds one. */
    public void increment(SyncCounter counter) {
        values[counter.number()]++;
    }

    /** Adds the amount. */
    public void add(SyncCounter counter, long amount) {
        values[counter.number()] += amount;
    }

    /** Adds one to a kind of refusal and to {@link SyncCounter#MALFORMED}, the total of all kinds. */
    public void malformed(SyncCounter kind) {
        increment(kind);
        increment(SyncCounter.MALFORMED);
    }

    /** A copy that does not change any more, for other threads. */
    public SyncCounters snapshot() {
        return new SyncCounters(values.clone());
    }

    /** The value, since the start. */
    public long get(SyncCounter counter) {
        return values[counter.number()];
    }
}
