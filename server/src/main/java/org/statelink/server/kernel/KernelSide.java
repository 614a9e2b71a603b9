/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.Filter;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.server.system.StartException;
import org.statelink.server.system.StartUp;

/**
 * The daemon's side towards the kernel, the same whatever it works at: events or polls in their place, their
 * repair, resync and flush. Made by
 * {@link KernelStart}; on the state loop.
 */
public final class KernelSide {
    private static final Logger LOG = LoggerFactory.getLogger(KernelSide.class);

    private final EventLoop loop;
    private final ConntrackEvents events;
    private final EventReceiver receiver;
    private final EventSocketFilter socketFilter;
    private final List<ConntrackClient> clients;
    private final KernelCounters counters;
    private final TableRepair repair;
    private final OverrunRepair overrun;
    private final KernelResync resync;
    private final ExpectationResync expectations;
    private final OwnWrites writes;
    private final KernelFlush flush;
    private final int pollSeconds;
    private Future<?> polls;

    KernelSide(EventLoop loop, ConntrackEvents events, EventReceiver receiver, EventSocketFilter socketFilter,
               List<ConntrackClient> clients, KernelCounters counters, TableRepair repair, OverrunRepair overrun,
               KernelResync resync, ExpectationResync expectations, OwnWrites writes, KernelFlush flush,
               int pollSeconds) {
        this.loop = loop;
        this.events = events;
        this.receiver = receiver;
        this.socketFilter = socketFilter;
        this.clients = clients;
        this.counters = counters;
        this.repair = repair;
        this.overrun = overrun;
        this.resync = resync;
        this.expectations = expectations;
        this.writes = writes;
        this.flush = flush;
        this.pollSeconds = pollSeconds;
    }

    /** What happened here. */
    public KernelCounters counters() {
        return counters;
    }

    /** What follows when events were lost; its buffer can be changed. */
    public OverrunRepair overrun() {
        return overrun;
    }

    /** Takes note of what this daemon does to the kernel's flows. */
    public OwnWrites writes() {
        return writes;
    }

    /** From now on reads the kernel's tables again and again, where the configuration asks for that. */
    public void startPolling() {
        if (pollSeconds > 0) {
            polls = loop.scheduleAtFixedRate(this::poll, pollSeconds, pollSeconds, TimeUnit.SECONDS);
        }
    }

    private void poll() {
        resync.poll();
        expectations.repair();
    }

    /** Reads the kernel's tables into the caches, and waits for it on the starting thread. */
    public void readNow() throws StartException {
        readNow(resync::read, "can't read the kernel's connections");
        if (expectations.isActive()) {
            readNow(expectations::read, "can't read the kernel's expectations");
        }
    }

    private void readNow(Callable<Future<Long>> reading, String what) throws StartException {
        StartUp.await(StartUp.await(loop.submit(reading), "internal error"), what);
    }

    /**
     * {@code -R ct}: reads the kernel's flows again; {@code afterwards} runs at the end. It takes the place of what
     * remains to be read after a commit.
     */
    public void resync(Runnable afterwards) {
        LOG.info("resync with master conntrack table");
        counters.resync();
        finish(repair.join().orElseGet(resync::read), afterwards);
    }

    /** The internal cache of flows was emptied: it holds what is read from now on. */
    public void cacheEmptied() {
        repair.forget();
    }

    /** {@code -R expect}: reads the kernel's expectations again; {@code afterwards} runs at the end. */
    public void resyncExpectations(Runnable afterwards) {
        LOG.info("resync with master expect table");
        counters.resync();
        finish(expectations.read(), afterwards);
    }

    private static void finish(Future<Long> reading, Runnable afterwards) {
        reading.addListener(dump -> {
            if (!dump.isSuccess()) {
                LOG.error("the kernel's table could not be read: {}", dump.cause().getMessage());
            }
            afterwards.run();
        });
    }

    /** Empties the kernel's table of expectations; {@code afterwards} runs at the end. */
    public void flushExpectations(Runnable afterwards) {
        counters.flush();
        flush.flushExpectations(afterwards);
    }

    /** Empties the kernel's table of what the filter lets through; {@code afterwards} runs at the end. */
    public void flush(Runnable afterwards) {
        counters.flush();
        deleteAll(afterwards);
    }

    /** As {@link #flush}, without being counted as one. */
    public void deleteAll(Runnable afterwards) {
        flush.start(afterwards);
    }

    /** Another filter, from the first event on which it sees, until the cache is what it would always have been. */
    public Future<FilterOutcome> changeFilter(Filter filter) {
        EventFilter events = new EventFilter(filter);
        flush.setFilter(events);
        receiver.setFilter(events);
        writes.setFilter(events);
        changeFilterPlace(filter);
        return resync.changeFilter(events);
    }

    /** Has the filter's events kept from the event socket, or filtered here, as the filter says. */
    public void changeFilterPlace(Filter filter) {
        socketFilter.apply(filter);
    }

    /** At most so many events are taken in before others have their turn. */
    public void setEventsPerTurn(int limit) {
        events.setEventsPerTurn(limit);
    }

    /** Closes the sockets. */
    public void close() {
        if (polls != null) {
            polls.cancel(false);
        }
        repair.close();
        events.close();
        clients.forEach(ConntrackClient::close);
    }
}
