/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import java.util.concurrent.TimeUnit;

/**
 * When to give a sign of life: one second after the last run of the transmit queue. Times are nanoseconds of one
 * monotonic clock. Source: docs of conntrackd's modes, section 2.3.
 */
final class AliveTimer {
    /** Nanoseconds of silence. */
    static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private long due;

    /** Starts the interval anew. */
    void rearm(long now) {
        due = now + INTERVAL;
    }

    /** Nanoseconds until it is due; 0 or less if it is. */
    long remaining(long now) {
        return due - now;
    }
}
