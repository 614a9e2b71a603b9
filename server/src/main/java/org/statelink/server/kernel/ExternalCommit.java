/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.FlowCursor;
import org.statelink.server.cache.FlowSelection;
import org.statelink.server.system.Uptime;

/**
 * Commits what the peers told into the kernel: first all flows without a master, then those with one. The state loop
 * fills pages and takes note of what became of them while the kernel loop writes another one; between two pages each
 * loop serves others. One commit at a time.
 */
public final class ExternalCommit {

    private static final int PAGES = 3;

    private final ExternalCache external;
    private final PageCommitter committer;
    private final OwnWrites writes;
    private final EventLoop state;
    private final EventLoop kernel;
    private final Uptime uptime;
    private final ArrayDeque<CommitPage> free = new ArrayDeque<>();
    private final FlowCursor cursor = new FlowCursor();
    private CommitFailures failures;
    private FlowSelection phase;
    private Consumer<CommitReport> whenDone;
    private boolean more;
    private boolean filling;
    private long committed;
    private long startNanos;

    /** A commit of the cache through the committer, which lives on the kernel loop. */
    public ExternalCommit(ExternalCache external, PageCommitter committer, OwnWrites writes, EventLoop state,
                          EventLoop kernel, Uptime uptime) {
        this.external = external;
        this.committer = committer;
        this.writes = writes;
        this.state = state;
        this.kernel = kernel;
        this.uptime = uptime;
        for (int i = 0; i < PAGES; i++) {
            free.add(new CommitPage());
        }
    }

    /** Whether a commit is under way. On the state loop, as all that follows. */
    public boolean isRunning() {
        return whenDone != null;
    }

    /** Starts a commit; {@code afterwards} runs on the state loop when the kernel has it all. */
    public void start(Consumer<CommitReport> afterwards) {
        if (isRunning()) {
            throw new IllegalStateException("a commit is under way");
        }
        whenDone = afterwards;
        failures = new CommitFailures();
        committed = 0;
        startNanos = uptime.nanos();
        writes.begin();
        begin(FlowSelection.WITHOUT_MASTER);
    }

    private void begin(FlowSelection newPhase) {
        phase = newPhase;
        cursor.rewind();
        more = true;
        goOn();
    }

    private void goOn() {
        if (more && !free.isEmpty() && !filling) {
            // through the loop's timers, so that events are served before the next page
            filling = true;
            state.schedule(this::fillPage, 0, TimeUnit.NANOSECONDS);
        } else if (!more && free.size() == PAGES) {
            endPhase();
        }
    }

    private void fillPage() {
        filling = false;
        CommitPage page = free.poll();
        more = page.fill(external, cursor, phase, uptime.seconds(), writes.moment());
        if (page.size() > 0) {
            kernel.execute(() -> committer.commit(page, failures, () -> state.execute(() -> pageWritten(page))));
        } else {
            free.add(page);
        }
        goOn();
    }

    private void pageWritten(CommitPage page) {
        committed += page.committed();
        writes.committed(page);
        free.add(page);
        goOn();
    }

    private void endPhase() {
        if (phase == FlowSelection.WITHOUT_MASTER) {
            begin(FlowSelection.WITH_MASTER);
        } else {
            end();
        }
    }

    private void end() {
        CommitReport report = new CommitReport(committed, failures, uptime.nanos() - startNanos);
        writes.end(() -> settled(report));
    }

    private void settled(CommitReport report) {
        Consumer<CommitReport> done = whenDone;
        whenDone = null;
        done.accept(report);
    }
}
