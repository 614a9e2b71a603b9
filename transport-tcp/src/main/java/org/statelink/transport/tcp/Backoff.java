/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before the next attempt to connect: not at all at first and after a connection that lasted, then
 * twice as long each time, up to a second.
 */
final class Backoff {
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);
    private static final long LASTING = TimeUnit.SECONDS.toNanos(1);

    private long delay;
    private long connectedAt;

    /** The connection came up. */
    void connected(long now) {
        connectedAt = now;
    }

    /** The connection was lost: nanoseconds to wait. One that ends at once was refused, politely. */
    long lost(long now) {
        if (now - connectedAt >= LASTING) {
            delay = 0;
            return 0;
        }
        return failed();
    }

    /** An attempt failed: nanoseconds to wait. */
    long failed() {
        delay = Math.min(LONGEST, Math.max(FIRST, delay * 2));
        return delay;
    }
}
