/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.FlowCursor;
import org.statelink.server.cache.FlowPage;
import org.statelink.server.cache.FlowSelection;
import org.statelink.server.system.Uptime;

/**
 * Commits what the peers told into the kernel: first all flows without a master, then those with one. The state loop
 * fills one page while the kernel loop writes the other; between two pages each loop serves others. One commit at a
 * time.
 */
public final class ExternalCommit {
    private static final Logger LOG = LoggerFactory.getLogger(ExternalCommit.class);

    private final ExternalCache external;
    private final PageCommitter committer;
    private final EventLoop state;
    private final EventLoop kernel;
    private final Uptime uptime;
    private FlowPage filling = new FlowPage();
    private FlowPage writing = new FlowPage();
    private final FlowCursor cursor = new FlowCursor();
    private CommitFailures failures;
    private FlowSelection phase;
    private Runnable whenDone;
    private boolean more;
    private boolean filled;
    private boolean kernelBusy;
    private long committed;
    private long startNanos;
    private Result result = Result.NONE;

    /** A commit of the cache through the committer, which lives on the kernel loop. */
    public ExternalCommit(ExternalCache external, PageCommitter committer, EventLoop state, EventLoop kernel,
                          Uptime uptime) {
        this.external = external;
        this.committer = committer;
        this.state = state;
        this.kernel = kernel;
        this.uptime = uptime;
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
        begin(FlowSelection.WITHOUT_MASTER);
    }

    private void begin(FlowSelection newPhase) {
        phase = newPhase;
        cursor.rewind();
        fillPage();
    }

    private void fillPage() {
        more = external.page(cursor, phase, filling);
        filled = true;
        goOn();
    }

    private void goOn() {
        if (kernelBusy || !filled) {
            return;
        }
        filled = false;
        if (filling.size() > 0) {
            writePage();
        }
        if (more) {
            // through the loop's timers, so that events are served before the next page
            state.schedule(this::fillPage, 0, TimeUnit.NANOSECONDS);
        } else if (!kernelBusy) {
            endPhase();
        }
    }

    private void writePage() {
        FlowPage page = filling;
        filling = writing;
        writing = page;
        kernelBusy = true;
        int now = uptime.seconds();
        kernel.execute(() -> committer.commit(page, now, failures, () -> state.execute(this::pageWritten)));
    }

    private void pageWritten() {
        kernelBusy = false;
        committed += committer.committed();
        if (!filled && !more) {
            endPhase();
        } else {
            goOn();
        }
    }

    private void endPhase() {
        if (phase == FlowSelection.WITHOUT_MASTER) {
            begin(FlowSelection.WITH_MASTER);
        } else {
            end();
        }
    }

    private void end() {
        LOG.info("Committed {} new entries", committed);
        if (failures.total() > 0) {
            LOG.info("{} entries can't be committed", failures.total());
            failures.log(LOG);
        }
        result = result.plus(committed, failures.total(), uptime.nanos() - startNanos);
        long micros = TimeUnit.NANOSECONDS.toMicros(result.lastNanos());
        LOG.info(String.format(Locale.ROOT, "commit has taken %d.%06d seconds", micros / 1_000_000,
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
