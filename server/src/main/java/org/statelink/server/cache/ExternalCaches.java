/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/** The caches of what the peers have: flows, and what their helpers expect. On the state loop. */
public final class ExternalCaches implements AutoCloseable {
    private final ExternalCache flows;
    private final ExternalExpectations expectations;

    /**
     * Empty caches.
     *
     * @param limit most entries of each (HashLimit)
     */
    public ExternalCaches(int limit) {
        flows = new ExternalCache(limit);
        expectations = new ExternalExpectations(limit);
    }

    /** The flows. */
    public ExternalCache flows() {
        return flows;
    }

    /** What their helpers expect. */
    public ExternalExpectations expectations() {
        return expectations;
    }

    /** From now on each cache holds so many entries at most; see {@link ExternalEntries#setLimit}. */
    public void setLimit(int entries) {
        flows.setLimit(entries);
        expectations.setLimit(entries);
    }

    /** Gives all memory back; allowed on any thread, after the last use. */
    @Override
    public void close() {
        flows.close();
        expectations.close();
    }
}
