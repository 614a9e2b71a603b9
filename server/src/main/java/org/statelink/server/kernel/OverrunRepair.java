/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.util.concurrent.TimeUnit;
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

    private final TableRepair repair;
    private final Uptime uptime;
    private final QuietLog quiet = new QuietLog(LOG);
    private int maxBufferBytes;
    private long longestWaitNanos;
    private ConntrackEvents events;
    private long firstOverrun;
    private boolean damaged;

    /**
     * What the configuration says.
     *
     * @param repair reads the tables
     * @param maxBufferBytes size up to which the buffer is doubled; 0 for never
     * @param resyncSeconds longest time between an overrun and the resync; 0 for none
     */
    public OverrunRepair(TableRepair repair, Uptime uptime, int maxBufferBytes, int resyncSeconds) {
        this.repair = repair;
        this.uptime = uptime;
        this.maxBufferBytes = maxBufferBytes;
        longestWaitNanos = TimeUnit.SECONDS.toNanos(resyncSeconds);
        repair.onOverrunRepaired(this::repaired);
    }

    /** Sets the socket that overruns, which is made later. */
    public void connect(ConntrackEvents newEvents) {
        events = newEvents;
    }

    /** Follows a new configuration; see the constructor. A pending resync stays, unless there are none any more. */
    public void configure(int newMaxBufferBytes, int newResyncSeconds) {
        maxBufferBytes = newMaxBufferBytes;
        longestWaitNanos = TimeUnit.SECONDS.toNanos(newResyncSeconds);
        if (newResyncSeconds == 0) {
            repair.withdraw(TableRepair.Reason.OVERRUN);
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
        if (!repair.isDue(TableRepair.Reason.OVERRUN)) {
            firstOverrun = now;
        }
        long wait = Math.min(QUIET_NANOS, longestWaitNanos - (now - firstOverrun));
        repair.request(TableRepair.Reason.OVERRUN, Math.max(0, wait));
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

    /** Events may have been lost again meanwhile. */
    private void repaired() {
        damaged = repair.isDue(TableRepair.Reason.OVERRUN);
    }

    /** Whether events were lost and the cache was not yet made equal to the kernel. */
    public boolean isDamaged() {
        return damaged;
    }
}
