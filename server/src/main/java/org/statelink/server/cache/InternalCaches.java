/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;

/** The caches of what this node has: flows, and what their helpers expect. On the state loop. */
public final class InternalCaches implements AutoCloseable {
    private final InternalCache flows;
    private final InternalExpectations expectations;
    private final Conntrack master = new Conntrack();

    /**
     * Empty caches.
     *
     * @param limit           most objects of each, dead ones included (HashLimit)
     * @param withTimeout     whether peers are sent timeouts; not where CommitTimeout is set
     * @param withWindowScale whether peers are sent TCP window scales; only where TCPWindowTracking is set
     */
    public InternalCaches(int limit, boolean withTimeout, boolean withWindowScale) {
        flows = new InternalCache(limit, withTimeout, withWindowScale);
        expectations = new InternalExpectations(limit, withTimeout);
    }

    /** The flows. */
    public InternalCache flows() {
        return flows;
    }

    /** What their helpers expect. */
    public InternalExpectations expectations() {
        return expectations;
    }

    /** Whether the flow that an expectation belongs to is there: else it is none of those that count. */
    public boolean knowsMaster(Expectation expectation) {
        master.clear();
        master.original().set(expectation.master());
        if (expectation.has(ExpectationField.ZONE)) {
            master.setZone(expectation.zone());
        }
        int ref = flows.find(master);
        return ref != 0 && !flows.isDead(ref);
    }

    /** Says what peers are sent from now on; see the constructor. */
    public void setContent(boolean withTimeout, boolean withWindowScale) {
        flows.setContent(withTimeout, withWindowScale);
        expectations.setContent(withTimeout, withWindowScale);
    }

    /** From now on each cache holds so many objects at most; see {@link InternalEntries#setLimit}. */
    public void setLimit(int objects) {
        flows.setLimit(objects);
        expectations.setLimit(objects);
    }

    /** Gives all memory back; allowed on any thread, after the last use. */
    @Override
    public void close() {
        flows.close();
        expectations.close();
    }
}
