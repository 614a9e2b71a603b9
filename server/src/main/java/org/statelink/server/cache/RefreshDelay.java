/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * Draws when a flow is told of again: whole seconds from 1 to the refresh time, and one to five fifths of a second, so
 * that flows made together are not told together. Source: docs of conntrackd's modes, section 4.
 */
final class RefreshDelay implements IntSupplier {
    private final int refreshSeconds;
    private final RandomGenerator random;

    RefreshDelay(int refreshSeconds, RandomGenerator random) {
        this.refreshSeconds = refreshSeconds;
        this.random = random;
    }

    /** Ticks of {@link EntryTimers}. */
    @Override
    public int getAsInt() {
        int seconds = random.nextInt(refreshSeconds) + 1;
        int jitter = random.nextInt(EntryTimers.TICKS_PER_SECOND) + 1;
        return (int) Math.min((long) seconds * EntryTimers.TICKS_PER_SECOND + jitter, Integer.MAX_VALUE / 2);
    }
}
