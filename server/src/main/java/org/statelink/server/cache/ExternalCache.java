/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.ConntrackBody;

/** The flows of the peers. */
public final class ExternalCache extends ExternalEntries<Conntrack> {
    private final Conntrack decoded = new Conntrack();

    /**
     * An empty cache.
     *
     * @param limit most flows (HashLimit)
     */
    public ExternalCache(int limit) {
        this(new EntryTable(), limit);
    }

    ExternalCache(EntryTable table, int limit) {
        super(new FlowKind(), table, limit);
    }

    /** Of those in the same turn the newest first: what began long ago is more likely to be over and forgotten. */
    @Override
    public CommitOrder<Conntrack> commitOrder() {
        return commitOrder(EntryCursor.newestFirst());
    }

    /**
     * Applies the body of a state message as it was received.
     *
     * @param peer number of the peer, which owns the flow from then on
     * @param body all its readable bytes are the body; stays the caller's
     * @return whether it could be decoded; if not, nothing changed
     */
    public BodyResult apply(int type, int peer, ByteBuf body, int nowSeconds) {
        BodyResult result = ConntrackBody.decode(body, decoded);
        if (result == BodyResult.OK) {
            apply(type, peer, decoded, nowSeconds);
        }
        return result;
    }
}
