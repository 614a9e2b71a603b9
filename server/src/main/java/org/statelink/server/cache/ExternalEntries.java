/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import org.statelink.sync.protocol.MessageType;

/**
 * What the peers have of one kind, as they tell of it; what a commit puts into the kernel. All methods are called on
 * the state loop, which is the thread of the first call. Seconds are of one clock that does not go back, the caller's.
 * Source: docs of conntrackd's modes, section 5.
 */
public abstract sealed class ExternalEntries<E> implements FlushableCache, AutoCloseable
        permits ExternalCache, ExternalExpectations {
    private final EntryStore<E> store;
    private final EntryTable table;

    /**
     * An empty cache.
     *
     * @param limit most entries (HashLimit)
     */
    ExternalEntries(EntryKind<E> kind, EntryTable table, int limit) {
        this.table = table;
        store = new EntryStore<>(kind, table, limit);
    }

    /**
     * From now on an entry of which no peer tells for so long is removed. Source: docs of conntrackd's modes, section
     * 4.
     *
     * @param seconds at least 1 (CacheTimeout)
     */
    public final void expireAfter(int seconds) {
        int ticks = (int) Math.min((long) seconds * EntryTimers.TICKS_PER_SECOND, Integer.MAX_VALUE / 2);
        store.setTimers(() -> ticks);
    }

    /**
     * Removes entries whose time has come. Only after {@link #expireAfter}; called at least every fifth of a second.
     *
     * @param max most entries to look at
     * @return whether there may be more now
     */
    public final boolean expirePage(long nowNanos, int max) {
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
     * Applies a state message. A new entry replaces one of the same identity, an update may create, the end of an
     * unknown entry is ignored.
     *
     * @param type of a new, an updated or an ended entry of the kind, of {@link MessageType}; others change nothing
     * @param peer number of the peer (below 65536), which owns the entry from then on
     * @param entry read during the call only
     */
    public final void apply(int type, int peer, E entry, int nowSeconds) {
        switch (type - store.kind().firstType()) {
            case MessageType.CT_NEW -> onNew(entry, peer, nowSeconds);
            case MessageType.CT_UPDATE -> onUpdate(entry, peer, nowSeconds);
            case MessageType.CT_DELETE -> onDelete(entry);
            default -> { }
        }
    }

    private void onNew(E entry, int peer, int now) {
        int ref = store.find(entry);
        if (ref == 0) {
            store.create(entry, peer, now);
        } else {
            store.replace(ref, entry, peer, now);
        }
    }

    private void onUpdate(E entry, int peer, int now) {
        int ref = store.find(entry);
        if (ref == 0) {
            store.create(entry, peer, now);
        } else {
            store.update(ref, entry, peer, now);
        }
    }

    private void onDelete(E entry) {
        int ref = store.find(entry);
        if (ref != 0) {
            store.remove(ref);
        }
    }

    /** Most entries ({@code HashLimit}). */
    public final int limit() {
        return store.limit();
    }

    /** From now on the cache holds so many entries at most; it refuses new ones while it holds more. */
    public final void setLimit(int entries) {
        store.setLimit(entries);
    }

    /** Whether an entry is there. */
    public final boolean contains(E entry) {
        return store.find(entry) != 0;
    }

    /** Starts a resync: what peers do not tell of from here on is {@link EntrySelection#UNSEEN}. */
    public final void beginResync() {
        store.beginResync();
    }

    /**
     * Fills a page with copies of entries from where the cursor is. A page may be empty though the iteration goes on:
     * what it may cost is bounded.
     *
     * @return whether the iteration goes on
     */
    public final boolean page(EntryCursor cursor, EntrySelection selection, EntryPage<E> page) {
        return store.fill(cursor, selection, page);
    }

    /** The order in which commits take the entries from where the cursor begins; for one commit at a time. */
    final CommitOrder<E> commitOrder(EntryCursor cursor) {
        return new CommitOrder<>(store, cursor);
    }

    /** The order in which commits take the entries; for one commit at a time. */
    public abstract CommitOrder<E> commitOrder();

    /** Forgets everything. It counts at once, the work remains to be done by {@link #flushPage}. */
    @Override
    public final void flush() {
        store.flush();
    }

    /** Frees up to {@code max} flushed entries; returns whether to call again. */
    @Override
    public final boolean flushPage(int max) {
        return store.flushPage(max);
    }

    /** The counters; they change with every call. */
    public final CacheCounters counters() {
        return store.counters();
    }

    /** Bytes of memory obtained from the system. */
    public final long memoryBytes() {
        return table.bytes();
    }

    /** Gives all memory back; allowed on any thread, after the last use. */
    @Override
    public final void close() {
        store.close();
    }
}
