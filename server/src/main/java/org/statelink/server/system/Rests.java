/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Has a loop in real time stand back for a moment when it has been busy for a while: it takes its processor whole, the
 * system does not soon move to another one what waits there, and that may be a client, or the thread that answers it.
 * On the loop.
 */
final class Rests implements SelectStrategy {
    static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Ticker ticker;
    private final LongConsumer sleep;
    private boolean wanted;
    private boolean hadTime = true;
    private long busySince;

    /** Rests that are slept by the given function of nanoseconds. */
    Rests(Ticker ticker, LongConsumer sleep) {
        this.ticker = ticker;
        this.sleep = sleep;
    }

    /** The loop rests from now on. */
    void begin() {
        wanted = true;
    }

    /** As netty's own, but that it looks whether there is anything to do before it lets the loop wait. */
    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        if (wanted) {
            rest();
        }
        int ready = hasTasks || wanted ? selectNow.get() : 0;
        hadTime = !hasTasks && ready == 0;
        return hadTime ? SELECT : ready;
    }

    private void rest() {
        long now = ticker.nanoTime();
        if (hadTime) {
            busySince = now;
        } else if (now - busySince >= BUSY_NANOS) {
            sleep.accept(REST_NANOS);
            busySince = ticker.nanoTime();
        }
    }
}
