/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Status;
import org.statelink.server.cache.HeardFlows;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.system.Uptime;

/**
 * Brings what this daemon did to the kernel's table into the internal cache, without telling the peers. Where an event
 * told of the same flow while the page was out, the kernel's word wins; where even that does not tell whether the flow
 * is there, the kernel is asked.
 */
public final class CachedWrites implements OwnWrites {
    private final InternalCache internal;
    private final HeardFlows heard;
    private final DoubtfulFlows doubtful;
    private final QuietCommit quiet;
    private final Uptime uptime;
    private final Conntrack flow = new Conntrack();
    private final Conntrack known = new Conntrack();
    private EventFilter filter;

    /** Writes whose flows the filter accepts. */
    public CachedWrites(InternalCache internal, HeardFlows heard, DoubtfulFlows doubtful, QuietCommit quiet,
                        EventFilter filter, Uptime uptime) {
        this.internal = internal;
        this.heard = heard;
        this.doubtful = doubtful;
        this.quiet = quiet;
        this.filter = filter;
        this.uptime = uptime;
    }

    @Override
    public void begin() {
        heard.listen();
    }

    @Override
    public void beginCommit(long entries) {
        begin();
        quiet.begin(entries);
    }

    @Override
    public long moment() {
        return heard.moment();
    }

    @Override
    public void committed(CommitPage<Conntrack> page) {
        page.rewind();
        while (page.next(flow)) {
            page.complete(flow);
            CommitPage.Outcome outcome = page.outcome(page.index());
            if (outcome != CommitPage.Outcome.REFUSED && filter.accepts(flow)) {
                takeCommitted(outcome, page.moment());
            }
        }
    }

    private void takeCommitted(CommitPage.Outcome outcome, long moment) {
        if (flow.master().isSet()) {
            // which the kernel set by itself
            flow.setStatus(flow.status() | Status.EXPECTED);
        }
        int ref = internal.find(flow);
        boolean live = ref != 0 && internal.isLive(ref);
        if (outcome == CommitPage.Outcome.LOST) {
            takeDeleted(flow, moment);
        } else if (!heard.since(flow, moment)) {
            take(outcome, live);
            if (live && outcome == CommitPage.Outcome.CREATED) {
                // the event of the end of the one that was there before is still to come
                doubtful.add(flow);
            }
        } else if (live) {
            internal.decode(ref, known);
            flow.merge(known);
            internal.onUpdate(flow, false, uptime.seconds());
        } else {
            doubtful.add(flow);
        }
    }

    private void take(CommitPage.Outcome outcome, boolean known) {
        if (outcome == CommitPage.Outcome.CHANGED) {
            // one that is not known began here, and nobody told of it
            internal.onUpdate(flow, quiet.isQuiet() && !known, uptime.seconds());
        } else {
            internal.onNew(flow, false, uptime.seconds());
        }
    }

    @Override
    public void deleted(DeletedPage page) {
        for (int index = 0; index < page.size(); index++) {
            if (page.isDeleted(index)) {
                takeDeleted(page.flow(index), page.moment());
            }
        }
    }

    private void takeDeleted(Conntrack gone, long moment) {
        if (!heard.since(gone, moment)) {
            internal.onDestroy(gone, false);
        } else if (internal.isLive(internal.find(gone))) {
            doubtful.add(gone);
        }
    }

    @Override
    public void end(Runnable afterwards) {
        doubtful.settle(() -> {
            heard.release();
            afterwards.run();
        });
    }

    @Override
    public void endCommit(Runnable afterwards) {
        quiet.end();
        end(afterwards);
    }

    @Override
    public void setFilter(EventFilter newFilter) {
        filter = newFilter;
    }
}
