/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits until something holds, with a limit; never for a fixed time. */
public final class Eventually {
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private Eventually() {
    }

    /** Something that is tried again as long as it fails. */
    @FunctionalInterface
    public interface Attempt {
        void run() throws Exception;
    }

    /**
     * Tries until the attempt neither throws nor asserts wrongly. An attempt that began in time counts, however long
     * it takes; after the limit the last failure is thrown.
     */
    public static void within(Duration limit, Attempt attempt) {
        long deadline = System.nanoTime() + limit.toNanos();
        Throwable failure;
        do {
            try {
                attempt.run();
                return;
            } catch (AssertionError | Exception e) {
                failure = e;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (System.nanoTime() - deadline < 0);
        throw new AssertionError("not within " + limit + ": " + failure.getMessage(), failure);
    }
}
