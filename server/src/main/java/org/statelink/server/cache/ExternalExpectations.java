/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import org.statelink.conntrack.Expectation;

/** The expectations of the peers. */
public final class ExternalExpectations extends ExternalEntries<Expectation> {
    /**
     * An empty cache.
     *
     * @param limit most expectations (HashLimit)
     */
    public ExternalExpectations(int limit) {
        super(new ExpectationKind(), new EntryTable(), limit);
    }

    /** The oldest first: one that replaces another is the later one. */
    @Override
    public CommitOrder<Expectation> commitOrder() {
        return commitOrder(new EntryCursor());
    }
}
