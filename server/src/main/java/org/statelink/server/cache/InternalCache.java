/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;

/**
 * The flows of this node. Their NAT fields are already derived from the reply tuple
 * ({@link org.statelink.conntrack.NatMapping#fromReply}). Where the kernel tells the packets and bytes of a flow that
 * it removed, they are added to the traffic processed.
 */
public final class InternalCache extends InternalEntries<Conntrack> {
    private long trafficBytes;
    private long trafficPackets;

    /**
     * An empty cache.
     *
     * @param limit           most objects, dead ones included (HashLimit)
     * @param withTimeout     whether peers are sent timeouts; not where CommitTimeout is set
     * @param withWindowScale whether peers are sent TCP window scales; only where TCPWindowTracking is set
     */
    public InternalCache(int limit, boolean withTimeout, boolean withWindowScale) {
        this(new EntryTable(), limit, withTimeout, withWindowScale);
    }

    InternalCache(EntryTable table, int limit, boolean withTimeout, boolean withWindowScale) {
        super(new FlowKind(), table, limit, withTimeout, withWindowScale);
    }

    @Override
    void beforeEnd(Conntrack flow) {
        if (flow.has(Field.COUNTERS_ORIGINAL)) {
            trafficBytes += flow.countersOriginal().bytes();
            trafficPackets += flow.countersOriginal().packets();
        }
        if (flow.has(Field.COUNTERS_REPLY)) {
            trafficBytes += flow.countersReply().bytes();
            trafficPackets += flow.countersReply().packets();
        }
    }

    /** Bytes in both directions that the kernel counted for flows that ended. */
    public long trafficBytes() {
        return trafficBytes;
    }

    /** Packets in both directions that the kernel counted for flows that ended. */
    public long trafficPackets() {
        return trafficPackets;
    }
}
