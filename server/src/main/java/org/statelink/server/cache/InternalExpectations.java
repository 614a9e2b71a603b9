/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import org.statelink.conntrack.Expectation;

/** The expectations of this node. */
public final class InternalExpectations extends InternalEntries<Expectation> {
    /**
     * An empty cache.
     *
     * @param limit       most objects, dead ones included (HashLimit)
     * @param withTimeout whether peers are sent timeouts; not where CommitTimeout is set
     */
    public InternalExpectations(int limit, boolean withTimeout) {
        super(new ExpectationKind(), new EntryTable(), limit, withTimeout, false);
    }
}
