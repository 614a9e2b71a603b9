/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * A time for every entry of a table, without an object for any: the entry's header says when, and a {@link TimerWheel}
 * holds its ref, once. A time that is set anew leaves the ref where it is; when its place comes round it is put where
 * it belongs by then. So a later time costs nothing, and an earlier one takes effect when the time set before comes.
 * Nor does a removed entry leave anything behind: its ref keeps its one place for whoever uses it next. Not thread
 * safe.
 */
final class EntryTimers {
    /** Ticks to the second: conntrackd's alarms have this resolution. */
    static final int TICKS_PER_SECOND = 5;
    /** {@link #poll}: nothing is due now. */
    static final int NONE = 0;
    /** {@link #poll}: looked at an entry that is not due. */
    static final int LOOKED = -1;
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND;

    private final EntryHeaders headers;
    private final IntSupplier delay;
    private final TimerWheel wheel = new TimerWheel();
    private int now;

    /** Timers for the entries with these headers; {@code delay} yields ticks, at least 1. */
    EntryTimers(EntryHeaders headers, IntSupplier delay) {
        this.headers = headers;
        this.delay = delay;
    }

    /** Takes note of the time. */
    void advance(long nowNanos) {
        now = (int) (nowNanos / TICK_NANOS);
    }

    /** Gives the entry a time, the delay from now on. */
    void restart(int ref) {
        int due = now + delay.getAsInt();
        headers.setInt(ref, EntryHeaders.DUE, due);
        int flags = headers.getByte(ref, EntryHeaders.FLAGS);
        if ((flags & EntryFlags.TIMED) == 0) {
            headers.setByte(ref, EntryHeaders.FLAGS, flags | EntryFlags.TIMED);
            wheel.add(ref, due);
        }
    }

    /**
     * Looks at one entry. One that is due has no time any more.
     *
     * @return its ref, {@link #LOOKED} if it is not due, or {@link #NONE} if there is none to look at now
     */
    int poll() {
        int ref = wheel.poll(now);
        if (ref == 0) {
            return NONE;
        }
        if (headers.isInUse(ref) && headers.getInt(ref, EntryHeaders.DUE) > now) {
            wheel.add(ref, headers.getInt(ref, EntryHeaders.DUE));
            return LOOKED;
        }
        headers.setByte(ref, EntryHeaders.FLAGS, headers.getByte(ref, EntryHeaders.FLAGS) & ~EntryFlags.TIMED);
        return headers.isInUse(ref) ? ref : LOOKED;
    }
}
