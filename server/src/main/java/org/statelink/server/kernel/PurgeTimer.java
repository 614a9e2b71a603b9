/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a purge some time after it was asked for ({@code PurgeTimeout}). On the state loop. */
public final class PurgeTimer {
    private static final Logger LOG = LoggerFactory.getLogger(PurgeTimer.class);

    private final EventLoop loop;
    private final Runnable purge;
    private int seconds;
    private ScheduledFuture<?> pending;

    /** Waits {@code seconds} before {@code purge}. */
    public PurgeTimer(EventLoop loop, int seconds, Runnable purge) {
        this.loop = loop;
        this.seconds = seconds;
        this.purge = purge;
    }

    /** Waits so long from now on; one that is pending comes when it was to come. */
    public void setSeconds(int newSeconds) {
        seconds = newSeconds;
    }

    /** Asks for a purge; of no effect while one is pending. */
    public void schedule() {
        if (pending == null) {
            LOG.info("flushing conntrack table in {} secs", seconds);
            pending = loop.schedule(this::run, seconds, TimeUnit.SECONDS);
        }
    }

    private void run() {
        pending = null;
        purge.run();
    }

    /** Takes back what is pending. */
    public void cancel() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }
}
