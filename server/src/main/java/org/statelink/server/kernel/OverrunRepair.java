/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.server.log.QuietLog;
import org.statelink.server.system.Uptime;

/**
 * What follows when the kernel's events outran us: a larger buffer, if the configuration allows it, and a resync once
 * the burst is over. On the state loop.
 *
 * <p>conntrackd waits {@code NetlinkOverrunResync} seconds after the last overrun. Until then the peers do not know
 * what they miss, so a second must do here; the configured time bounds how long a burst without end can put it off.
 */
public final class OverrunRepair {
    private static final Logger LOG = LoggerFactory.getLogger(OverrunRepair.class);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventLoop loop;
    private final Uptime uptime;
    private final QuietLog quiet = new QuietLog(LOG);
    private int maxBufferBytes;
    private long longestWaitNanos;
    private ConntrackEvents events;
    private Consumer<Runnable> repair = done -> { };
    private ScheduledFuture<?> pending;
    private long firstOverrun;
    private boolean damaged;

    /**
     * What the configuration says.
     *
     * @param maxBufferBytes size up to which the buffer is doubled; 0 for never
     * @param resyncSeconds longest time between an overrun and the resync; 0 for none
     */
    public OverrunRepair(EventLoop loop, Uptime uptime, int maxBufferBytes, int resyncSeconds) {
        this.loop = loop;
        this.uptime = uptime;
        this.maxBufferBytes = maxBufferBytes;
        longestWaitNanos = TimeUnit.SECONDS.toNanos(resyncSeconds);
    }

    /** Sets the socket that overruns and what repairs the caches and says when it has; both are made later. */
    public void connect(ConntrackEvents newEvents, Consumer<Runnable> newRepair) {
        events = newEvents;
        repair = newRepair;
    }

    /** Follows a new configuration; see the constructor. A pending resync stays, unless there are none any more. */
    public void configure(int newMaxBufferBytes, int newResyncSeconds) {
        maxBufferBytes = newMaxBufferBytes;
        longestWaitNanos = TimeUnit.SECONDS.toNanos(newResyncSeconds);
        if (newResyncSeconds == 0) {
            close();
        }
    }

    /** Gives the event socket a buffer of so many bytes. */
    public void setBuffer(int bytes) {
        events.setReceiveBufferSize(bytes);
        LOG.info("netlink event socket buffer size has been set to {} bytes", events.receiveBufferSize());
    }

    /** Bytes of the event socket's buffer now. */
    public int bufferBytes() {
        return events.receiveBufferSize();
    }

    /** Events were lost. */
    public void onOverrun() {
        quiet.warn("overrun", uptime.nanos(), "the kernel's events outran the daemon and some were lost; "
            + "raise NetlinkBufferSize and NetlinkBufferSizeMaxGrowth");
        damaged = true;
        growBuffer();
        if (longestWaitNanos > 0) {
            putOff(uptime.nanos());
        }
    }

    private void putOff(long now) {
        if (pending == null) {
            firstOverrun = now;
        } else {
            pending.cancel(false);
        }
        long wait = Math.min(QUIET_NANOS, longestWaitNanos - (now - firstOverrun));
        pending = loop.schedule(this::repair, Math.max(0, wait), TimeUnit.NANOSECONDS);
    }

    private void growBuffer() {
        if (events == null) {
            return;
        }
        long doubled = 2L * events.receiveBufferSize();
        if (doubled <= maxBufferBytes) {
            events.setReceiveBufferSize((int) doubled);
            LOG.info("netlink event socket buffer size has been doubled to {} bytes", events.receiveBufferSize());
        }
    }

    private void repair() {
        pending = null;
        repair.accept(this::repaired);
    }

    /** Events may have been lost again meanwhile. */
    private void repaired() {
        damaged = pending != null;
    }

    /** Whether events were lost and the cache was not yet made equal to the kernel. */
    public boolean isDamaged() {
        return damaged;
    }

    /** No more resyncs. */
    public void close() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }
}
