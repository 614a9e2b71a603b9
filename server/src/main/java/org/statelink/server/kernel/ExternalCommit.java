/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.conntrack.Expectation;
import org.statelink.server.cache.CacheCounter;
import org.statelink.server.cache.CommitOrder;
import org.statelink.server.cache.ExpectationPage;
import org.statelink.server.cache.ExternalCaches;
import org.statelink.server.cache.ExternalEntries;
import org.statelink.server.cache.FlowPage;
import org.statelink.server.system.Uptime;

/**
 * Commits what the peers told of one kind into the kernel, in the order that its cache has for that. The state loop
 * fills pages and takes note of what became of them while the kernel loop writes another one; between two pages each
 * loop serves others. One commit at a time.
 */
public final class ExternalCommit<E extends ConntrackEntry> {
    private static final int PAGES = 3;

    private final Kind<E> kind;
    private final PageCommitter<E> committer;
    private final OwnWrites writes;
    private final EventLoop state;
    private final Uptime uptime;
    private final Logger log;
    private final ArrayDeque<CommitPage<E>> free = new ArrayDeque<>();
    private final CommitOrder<E> order;
    private CommitFailures failures;
    private Runnable whenDone;
    private boolean more;
    private boolean filling;
    private long committed;
    private long startNanos;
    private Result result = Result.NONE;

    /** What is committed, what takes note of it, and what it is called. */
    private record Kind<E extends ConntrackEntry>(ExternalEntries<E> external, Consumer<CommitPage<E>> note,
                                                  String name, Supplier<CommitPage<E>> pages) {
    }

    private ExternalCommit(Kind<E> kind, PageCommitter<E> committer, OwnWrites writes, EventLoop state, Uptime uptime,
                           Logger log) {
        this.kind = kind;
        order = kind.external.commitOrder();
        this.committer = committer;
        this.writes = writes;
        this.state = state;
        this.uptime = uptime;
        this.log = log;
        for (int i = 0; i < PAGES; i++) {
            free.add(kind.pages.get());
        }
    }

    /**
     * A commit of flows.
     *
     * @param committer lives on the kernel loop
     * @param writes takes note of what became of the flows
     * @param log is told what came of each commit
     */
    public static ExternalCommit<Conntrack> ofFlows(ExternalCaches external, PageCommitter<Conntrack> committer,
                                                    OwnWrites writes, EventLoop state, Uptime uptime, Logger log) {
        return new ExternalCommit<>(new Kind<>(external.flows(), writes::committed, "entries",
            () -> new CommitPage<>(new FlowPage(), new Conntrack())), committer, writes, state, uptime, log);
    }

    /** A commit of expectations, of which events tell; for the rest see {@link #ofFlows}. */
    public static ExternalCommit<Expectation> ofExpectations(ExternalCaches external,
                                                             PageCommitter<Expectation> committer, EventLoop state,
                                                             Uptime uptime, Logger log) {
        return new ExternalCommit<>(new Kind<>(external.expectations(), page -> { }, "expectations",
            () -> new CommitPage<>(new ExpectationPage(), new Expectation())), committer, OwnWrites.NOT_NOTED, state,
            uptime, log);
    }

    /** Whether a commit is under way. On the state loop, as all that follows. */
    public boolean isRunning() {
        return whenDone != null;
    }

    /** Runs {@code afterwards} after the commit that is under way, on the state loop. */
    public void join(Runnable afterwards) {
        Runnable earlier = whenDone;
        whenDone = () -> {
            earlier.run();
            afterwards.run();
        };
    }

    /** What the commits so far came to. */
    public Result result() {
        return result;
    }

    /** Starts a commit; {@code afterwards} runs on the state loop when the kernel has it all. */
    public void start(Runnable afterwards) {
        if (isRunning()) {
            throw new IllegalStateException("a commit is under way");
        }
        whenDone = afterwards;
        failures = new CommitFailures();
        committed = 0;
        startNanos = uptime.nanos();
        writes.beginCommit(kind.external.counters().get(CacheCounter.ACTIVE));
        order.begin();
        more = true;
        goOn();
    }

    private void goOn() {
        if (more && !free.isEmpty() && !filling) {
            // through the loop's timers, so that events are served before the next page
            filling = true;
            state.schedule(this::fillPage, 0, TimeUnit.NANOSECONDS);
        } else if (!more && free.size() == PAGES) {
            long nanos = uptime.nanos() - startNanos;
            writes.endCommit(() -> end(nanos));
        }
    }

    private void fillPage() {
        filling = false;
        CommitPage<E> page = free.poll();
        more = page.fill(order, committer.rules(), uptime.seconds(), writes.moment());
        if (page.size() > 0) {
            committer.commit(page, failures, () -> state.execute(() -> pageWritten(page)));
        } else {
            free.add(page);
        }
        goOn();
    }

    private void pageWritten(CommitPage<E> page) {
        committed += page.committed();
        kind.note.accept(page);
        free.add(page);
        goOn();
    }

    private void end(long nanos) {
        log.info("Committed {} new {}", committed, kind.name);
        if (failures.total() > 0) {
            log.info("{} {} can't be committed", failures.total(), kind.name);
            failures.log(log);
        }
        result = result.plus(committed, failures.total(), nanos);
        long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
        log.info(String.format(Locale.ROOT, "commit has taken %d.%06d seconds", micros / 1_000_000,
            micros % 1_000_000));
        Runnable done = whenDone;
        whenDone = null;
        done.run();
    }

    /**
     * What commits came to.
     *
     * @param runs commits that have ended
     * @param committed flows that the kernel took in all of them
     * @param refused flows that it refused in all of them
     * @param lastCommitted flows that it took in the last one
     * @param lastRefused flows that it refused in the last one
     * @param lastNanos how long the last one took
     */
    public record Result(long runs, long committed, long refused, long lastCommitted, long lastRefused,
                         long lastNanos) {
        static final Result NONE = new Result(0, 0, 0, 0, 0, 0);

        Result plus(long taken, long notTaken, long nanos) {
            return new Result(runs + 1, committed + taken, refused + notTaken, taken, notTaken, nanos);
        }
    }
}
