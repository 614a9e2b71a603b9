/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.statelink.conntrack.Conntrack;

/**
 * Takes note of what this daemon itself did to the kernel's table, of which its event socket is not told. What came of
 * a page is known some time after the kernel did it, and what traffic does is known by events, so one may overtake the
 * other. On the state loop.
 */
public interface OwnWrites {
    /** For a node that keeps no copy of the kernel's table. */
    OwnWrites NOT_NOTED = new OwnWrites() {
        @Override
        public void begin() {
            // nothing is noted
        }

        @Override
        public void beginCommit(long entries) {
            // nothing is noted
        }

        @Override
        public long moment() {
            return 0;
        }

        @Override
        public void committed(CommitPage<Conntrack> page) {
            // nothing is noted
        }

        @Override
        public void deleted(DeletedPage page) {
            // nothing is noted
        }

        @Override
        public void end(Runnable afterwards) {
            afterwards.run();
        }

        @Override
        public void endCommit(Runnable afterwards) {
            afterwards.run();
        }

        @Override
        public void setFilter(EventFilter filter) {
            // nothing is noted
        }
    };

    /** Writes begin, to be ended by {@link #end}. */
    void begin();

    /** A commit of so many entries begins, to be ended by {@link #endCommit}. */
    void beginCommit(long entries);

    /** Now: what is heard of a flow later may be newer than what a page does that begins now. Any thread. */
    long moment();

    /** The kernel loop has done with the page. */
    void committed(CommitPage<Conntrack> page);

    /** The kernel loop has done with the page. */
    void deleted(DeletedPage page);

    /** No more writes; {@code afterwards} runs when what was in doubt is settled. */
    void end(Runnable afterwards);

    /** The kernel has all of the commit; otherwise as {@link #end}. */
    void endCommit(Runnable afterwards);

    /** The filter from now on. */
    void setFilter(EventFilter filter);
}
