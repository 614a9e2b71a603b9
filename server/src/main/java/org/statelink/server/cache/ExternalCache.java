/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.MessageType;

/**
 * The flows of the peers, as they tell of them; what a commit puts into the kernel. All methods are called on the state
 * loop, which is the thread of the first call. Seconds are of one clock that does not go back, the caller's. Source:
 * docs of conntrackd's modes, section 5.
 */
public final class ExternalCache implements FlushableCache, AutoCloseable {
    private final FlowStore store;
    private final FlowTable table;
    private final Conntrack decoded = new Conntrack();

    /**
     * An empty cache.
     *
     * @param limit most flows (HashLimit)
     */
    public ExternalCache(int limit) {
        this(new FlowTable(), limit);
    }

    ExternalCache(FlowTable table, int limit) {
        this.table = table;
        store = new FlowStore(table, limit);
    }

    /**
     * From now on a flow of which no peer tells for so long is removed. Source: docs of conntrackd's modes, section 4.
     *
     * @param seconds at least 1 (CacheTimeout)
     */
    public void expireAfter(int seconds) {
        int ticks = (int) Math.min((long) seconds * EntryTimers.TICKS_PER_SECOND, Integer.MAX_VALUE / 2);
        store.setTimers(() -> ticks);
    }

    /**
     * Removes flows whose time has come. Only after {@link #expireAfter}; called at least every fifth of a second.
     *
     * @param max most flows to look at
     * @return whether there may be more now
     */
    public boolean expirePage(long nowNanos, int max) {
        table.checkThread();
        EntryTimers timers = store.timers();
        timers.advance(nowNanos);
        for (int i = 0; i < max; i++) {
            int ref = timers.poll();
            if (ref == EntryTimers.NONE) {
                return false;
            }
            if (ref != EntryTimers.LOOKED && !store.isFlushed(ref)) {
                store.remove(ref);
            }
        }
        return true;
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

    /**
     * Applies a state message. A new flow replaces one of the same identity, an update may create, the end of an
     * unknown flow is ignored.
     *
     * @param type CT_NEW, CT_UPDATE or CT_DELETE of {@link MessageType}; others change nothing
     * @param peer number of the peer (below 65536), which owns the flow from then on
     * @param flow read during the call only
     */
    public void apply(int type, int peer, Conntrack flow, int nowSeconds) {
        switch (type) {
            case MessageType.CT_NEW -> onNew(flow, peer, nowSeconds);
            case MessageType.CT_UPDATE -> onUpdate(flow, peer, nowSeconds);
            case MessageType.CT_DELETE -> onDelete(flow);
            default -> { }
        }
    }

    private void onNew(Conntrack flow, int peer, int now) {
        int ref = store.find(flow);
        if (ref == 0) {
            store.create(flow, peer, now);
        } else {
            store.replace(ref, flow, peer, now);
        }
    }

    private void onUpdate(Conntrack flow, int peer, int now) {
        int ref = store.find(flow);
        if (ref == 0) {
            store.create(flow, peer, now);
        } else {
            store.update(ref, flow, peer, now);
        }
    }

    private void onDelete(Conntrack flow) {
        int ref = store.find(flow);
        if (ref != 0) {
            store.remove(ref);
        }
    }

    /** Most objects ({@code HashLimit}). */
    public int limit() {
        return store.limit();
    }

    /** From now on the cache holds so many flows at most; it refuses new ones while it holds more. */
    public void setLimit(int flows) {
        store.setLimit(flows);
    }

    /** Whether a flow is there. */
    public boolean contains(Conntrack flow) {
        return store.find(flow) != 0;
    }

    /** Starts a resync: what peers do not tell of from here on is {@link FlowSelection#UNSEEN}. */
    public void beginResync() {
        store.beginResync();
    }

    /**
     * Fills a page with copies of flows from where the cursor is. A page may be empty though the iteration goes on:
     * what it may cost is bounded. A commit iterates twice, over those without a master and then over those with one.
     *
     * @return whether the iteration goes on
     */
    public boolean page(FlowCursor cursor, FlowSelection selection, FlowPage page) {
        return store.fill(cursor, selection, page);
    }

    /** Forgets everything. It counts at once, the work remains to be done by {@link #flushPage}. */
    @Override
    public void flush() {
        store.flush();
    }

    /** Frees up to {@code max} flushed flows; returns whether to call again. */
    @Override
    public boolean flushPage(int max) {
        return store.flushPage(max);
    }

    /** The counters; they change with every call. */
    public CacheCounters counters() {
        return store.counters();
    }

    /** Bytes of memory obtained from the system. */
    public long memoryBytes() {
        return table.bytes();
    }

    /** Gives all memory back; allowed on any thread, after the last use. */
    @Override
    public void close() {
        store.close();
    }
}
