/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.conntrack.Expectation;
import org.statelink.server.Uptime;
import org.statelink.server.cache.EntryCursor;
import org.statelink.server.cache.EntryPage;
import org.statelink.server.cache.EntrySelection;
import org.statelink.server.cache.ExpectationPage;
import org.statelink.server.cache.ExternalCaches;
import org.statelink.server.cache.ExternalEntries;
import org.statelink.server.cache.FlowPage;

/**
 * Commits what the peers told of one kind into the kernel, in as many passes as it has selections: of flows, first all
 * without a master, then those with one. The state loop fills one page while the kernel loop writes the other; between
 * two pages each loop serves others. One commit at a time.
 */
public final class ExternalCommit<E extends ConntrackEntry> {
    private static final Logger LOG = LoggerFactory.getLogger(ExternalCommit.class);

    private final ExternalEntries<E> external;
    private final PageCommitter<E> committer;
    private final String what;
    private final EntrySelection[] passes;
    private final EventLoop state;
    private final EventLoop kernel;
    private final Uptime uptime;
    private EntryPage<E> filling;
    private EntryPage<E> writing;
    private final EntryCursor cursor = new EntryCursor();
    private CommitFailures failures;
    private int pass;
    private Runnable whenDone;
    private boolean more;
    private boolean filled;
    private boolean kernelBusy;
    private long committed;
    private long startNanos;

    private ExternalCommit(ExternalEntries<E> external, PageCommitter<E> committer, EventLoop state, EventLoop kernel,
                           Uptime uptime, String what, Supplier<EntryPage<E>> pages, EntrySelection... passes) {
        this.external = external;
        this.committer = committer;
        this.what = what;
        this.passes = passes;
        filling = pages.get();
        writing = pages.get();
        this.state = state;
        this.kernel = kernel;
        this.uptime = uptime;
    }

    /** A commit of flows through the committer, which lives on the kernel loop. */
    public static ExternalCommit<Conntrack> ofFlows(ExternalCaches external, PageCommitter<Conntrack> committer,
                                                    EventLoop state, EventLoop kernel, Uptime uptime) {
        return new ExternalCommit<>(external.flows(), committer, state, kernel, uptime, "entries", FlowPage::new,
            EntrySelection.WITHOUT_MASTER, EntrySelection.WITH_MASTER);
    }

    /** A commit of expectations through the committer, which lives on the kernel loop. */
    public static ExternalCommit<Expectation> ofExpectations(ExternalCaches external,
                                                             PageCommitter<Expectation> committer, EventLoop state,
                                                             EventLoop kernel, Uptime uptime) {
        return new ExternalCommit<>(external.expectations(), committer, state, kernel, uptime, "expectations",
            ExpectationPage::new, EntrySelection.LIVE);
    }

    /** Whether a commit is under way. On the state loop, as all that follows. */
    public boolean isRunning() {
        return whenDone != null;
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
        begin(0);
    }

    private void begin(int newPass) {
        pass = newPass;
        cursor.rewind();
        fillPage();
    }

    private void fillPage() {
        more = external.page(cursor, passes[pass], filling);
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
            endPass();
        }
    }

    private void writePage() {
        EntryPage<E> page = filling;
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
            endPass();
        } else {
            goOn();
        }
    }

    private void endPass() {
        if (pass + 1 < passes.length) {
            begin(pass + 1);
        } else {
            end();
        }
    }

    private void end() {
        LOG.info("Committed {} new {}", committed, what);
        if (failures.total() > 0) {
            LOG.info("{} {} can't be committed", failures.total(), what);
            failures.log(LOG);
        }
        long micros = TimeUnit.NANOSECONDS.toMicros(uptime.nanos() - startNanos);
        LOG.info(String.format(Locale.ROOT, "commit has taken %d.%06d seconds", micros / 1_000_000,
            micros % 1_000_000));
        Runnable done = whenDone;
        whenDone = null;
        done.run();
    }
}
