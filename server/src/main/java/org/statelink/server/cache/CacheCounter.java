/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/**
 * What a cache counts. Numbers do not change between releases. conntrackd shows a few more (failed updates and
 * destructions, missing entries, lack of memory) that never move. Source: docs of conntrackd's modes, section 13.
 */
public enum CacheCounter {
    /** Level: flows that are not dead. */
    ACTIVE("active", "flows that are alive"),
    /** Level: flows and those dead ones that a peer must still be told of. */
    OBJECTS("objects", "flows in the cache, those dead but not acknowledged included"),
    /** Flows added. */
    CREATED("created", "flows added"),
    /** Flows that could not be added. */
    CREATE_FAILED("create_failed", "flows that could not be added"),
    /** Flows that could not be added since HashLimit was reached. */
    NO_SPACE("no_space", "flows that could not be added since the cache is full; raise HashLimit"),
    /** Flows updated. */
    UPDATED("updated", "updates of flows in the cache"),
    /** Flows that died or were removed, by a flush or by a new flow in their place too. */
    DESTROYED("destroyed", "flows that ended, were replaced or were flushed");

    private static final CacheCounter[] COUNTERS = values();

    private final String label;
    private final String sentence;

    CacheCounter(String label, String sentence) {
        this.label = label;
        this.sentence = sentence;
    }

    /** How many there are. */
    static int count() {
        return COUNTERS.length;
    }

    /** Number of the counter. */
    public int number() {
        return ordinal();
    }

    /** Name in lower case. */
    public String label() {
        return label;
    }

    /** What it counts. */
    public String sentence() {
        return sentence;
    }
}
