/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.NatMapping;

/**
 * A page of flows. They have the kernel's identifier; {@link #complete} adds the reply tuple.
 */
public final class FlowPage extends EntryPage<Conntrack> {
    /** A page of 64 KiB: some 500 flows. */
    public FlowPage() {
        this(DEFAULT_BYTES);
    }

    /** A page of the given number of bytes, at least 8192. */
    public FlowPage(int capacity) {
        super(new FlowKind(), capacity);
    }

    /** Adds the reply tuple. */
    @Override
    public void complete(Conntrack flow) {
        NatMapping.toReply(flow);
    }
}
