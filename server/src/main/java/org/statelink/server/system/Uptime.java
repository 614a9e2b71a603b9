/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/** The daemon's clock: whole seconds since its start, never going back. Any thread. */
public final class Uptime {
    private final Ticker ticker;
    private final long startNanos;

    /** Starts now. */
    public Uptime(Ticker ticker) {
        this.ticker = ticker;
        startNanos = ticker.nanoTime();
    }

    /** Seconds since the start. */
    public int seconds() {
        return (int) TimeUnit.NANOSECONDS.toSeconds(ticker.nanoTime() - startNanos);
    }

    /** Nanoseconds since the start. */
    public long nanos() {
        return ticker.nanoTime() - startNanos;
    }
}
