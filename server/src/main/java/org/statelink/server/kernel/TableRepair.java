/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has the kernel's tables read anew where events are missing, once for all reasons that there are by then. On the state
 * loop.
 */
public final class TableRepair {
    /** Why events are missing. */
    public enum Reason {
        /** They were lost. */
        OVERRUN,
        /** The kernel was not asked for those of new flows while it took a large commit. */
        COMMIT
    }

    private final EventLoop loop;
    private final KernelCounters counters;
    private final Supplier<Future<Long>> whole;
    private final Supplier<Future<Long>> begun;
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    private Runnable overrunRepaired = () -> { };
    private ScheduledFuture<?> pending;
    private Future<Long> running;

    /**
     * Repairs by these readings, which bring the kernel's tables into the caches.
     *
     * @param whole tells the peers of every difference, and finds what has ended
     * @param begun tells them of what the caches did not have
     */
    public TableRepair(EventLoop loop, KernelCounters counters, Supplier<Future<Long>> whole,
                       Supplier<Future<Long>> begun) {
        this.loop = loop;
        this.counters = counters;
        this.whole = whole;
        this.begun = begun;
    }

    /** Says who hears that the caches are whole again after an overrun. */
    void onOverrunRepaired(Runnable listener) {
        overrunRepaired = listener;
    }

    /** Repairs after that time, whatever was asked for before. */
    void request(Reason reason, long nanos) {
        unschedule();
        reasons.add(reason);
        pending = loop.schedule(this::repair, nanos, TimeUnit.NANOSECONDS);
    }

    /** The reason is none any more. */
    void withdraw(Reason reason) {
        reasons.remove(reason);
        if (reasons.isEmpty()) {
            unschedule();
        }
    }

    /** Whether a repair is to come for this reason. */
    boolean isDue(Reason reason) {
        return reasons.contains(reason);
    }

    private void unschedule() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }

    private void repair() {
        if (isDue(Reason.OVERRUN)) {
            counters.resync();
        } else {
            counters.catchUp();
        }
        read();
    }

    private Future<Long> read() {
        unschedule();
        boolean afterOverrun = isDue(Reason.OVERRUN);
        reasons.clear();
        Future<Long> reading = (afterOverrun ? whole : begun).get();
        running = reading;
        reading.addListener(read -> {
            if (running == reading) {
                running = null;
            }
            if (read.isSuccess() && afterOverrun) {
                overrunRepaired.run();
            }
        });
        return reading;
    }

    /**
     * Spares another reading of the tables whoever wants one: what is due after a commit is done now, what is under way
     * serves as well. Empty where there is neither.
     */
    Optional<Future<Long>> join() {
        return Optional.ofNullable(isDue(Reason.COMMIT) ? read() : running);
    }

    /** The caches were emptied, so nobody waits for what they missed after a commit, and no reading fills them. */
    void forget() {
        withdraw(Reason.COMMIT);
        running = null;
    }

    /** No more repairs. */
    void close() {
        reasons.clear();
        unschedule();
    }
}
