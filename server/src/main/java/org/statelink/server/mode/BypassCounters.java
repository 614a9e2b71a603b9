/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import org.statelink.conntrack.netlink.ConntrackEventType;

/** What the peers were told of without an internal cache. Confined to the state loop. */
public final class BypassCounters {
    private final long[] told = new long[ConntrackEventType.values().length];

    void told(ConntrackEventType type) {
        told[type.ordinal()]++;
    }

    /** New entries. */
    public long created() {
        return told[ConntrackEventType.NEW.ordinal()];
    }

    /** Updates. */
    public long updated() {
        return told[ConntrackEventType.UPDATE.ordinal()];
    }

    /** Ends. */
    public long destroyed() {
        return told[ConntrackEventType.DESTROY.ordinal()];
    }
}
