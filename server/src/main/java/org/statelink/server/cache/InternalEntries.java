/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.session.ObjectSource;

/**
 * What this node has of one kind, as the kernel tells of it; the objects that the session sends. A ref names an entry
 * from its creation until it is freed, and may then name another one.
 *
 * <p>An entry that ends is dead: kept until the session has no more need to tell of it. All methods are called on the
 * state loop, which is the thread of the first call. Seconds are of one clock that does not go back, the caller's.
 * Entries are read during the call only. Source: docs of conntrackd's modes, section 5.
 */
public abstract sealed class InternalEntries<E> implements ObjectSource, FlushableCache, AutoCloseable
        permits InternalCache, InternalExpectations {
    private final EntryStore<E> store;
    private final EntryTable table;
    private final EntryHeaders headers;
    private boolean withTimeout;
    private boolean withWindowScale;

    /**
     * An empty cache.
     *
     * @param limit           most objects, dead ones included (HashLimit)
     * @param withTimeout     whether peers are sent timeouts; not where CommitTimeout is set
     * @param withWindowScale whether peers are sent TCP window scales; only where TCPWindowTracking is set
     */
    InternalEntries(EntryKind<E> kind, EntryTable table, int limit, boolean withTimeout, boolean withWindowScale) {
        this.table = table;
        this.headers = table.headers();
        this.withTimeout = withTimeout;
        this.withWindowScale = withWindowScale;
        store = new EntryStore<>(kind, table, limit);
    }

    /** Sets the session, which is made after the cache, as it reads from it. */
    public final void setSession(CacheSession session) {
        store.setSession(session);
    }

    /** Most objects ({@code HashLimit}). */
    public final int limit() {
        return store.limit();
    }

    /** From now on the cache holds so many objects at most; it refuses new ones while it holds more. */
    public final void setLimit(int objects) {
        store.setLimit(objects);
    }

    /** Says what peers are sent from now on; see the constructor. */
    public final void setContent(boolean timeout, boolean windowScale) {
        table.checkThread();
        withTimeout = timeout;
        withWindowScale = windowScale;
    }

    /**
     * From now on every entry is to be told of again and again, for peers that forget. When is drawn anew whenever it
     * is added, updated or told of. Source: docs of conntrackd's modes, section 4.
     *
     * @param seconds most whole seconds that an entry waits, at least 1 (RefreshTime)
     */
    public final void refreshWithin(int seconds, RandomGenerator random) {
        store.setTimers(new RefreshDelay(seconds, random));
    }

    /**
     * Hands objects whose time has come to the session. Only after {@link #refreshWithin}; called at least every
     * fifth of a second.
     *
     * @param max most objects to look at
     * @return whether there may be more now
     */
    public final boolean refreshPage(long nowNanos, int max) {
        table.checkThread();
        EntryTimers timers = store.timers();
        timers.advance(nowNanos);
        for (int i = 0; i < max; i++) {
            int ref = timers.poll();
            if (ref == EntryTimers.NONE) {
                return false;
            }
            if (ref != EntryTimers.LOOKED && !store.isFlushed(ref)) {
                store.session().send(ref);
                timers.restart(ref);
            }
        }
        return true;
    }

    /**
     * The kernel made an entry; one of the same identity that was there is replaced.
     *
     * @param transmit whether peers are to be told; not of what this daemon did itself
     * @return its ref; 0 if the cache is full
     */
    public final int onNew(E entry, boolean transmit, int nowSeconds) {
        int ref = store.find(entry);
        if (ref == 0) {
            ref = store.create(entry, 0, nowSeconds);
        } else {
            store.replace(ref, entry, 0, nowSeconds);
        }
        return sendIf(transmit, ref);
    }

    /**
     * The kernel changed an entry, or a dump shows it: it is created if it is not there or dead.
     *
     * @param transmit whether peers are to be told; not of what this daemon did, nor of the first dump
     * @return its ref; 0 if the cache is full
     */
    public final int onUpdate(E entry, boolean transmit, int nowSeconds) {
        int ref = store.find(entry);
        if (ref == 0) {
            ref = store.create(entry, 0, nowSeconds);
        } else if (store.isDead(ref)) {
            store.replace(ref, entry, 0, nowSeconds);
        } else {
            store.update(ref, entry, 0, nowSeconds);
        }
        return sendIf(transmit, ref);
    }

    /**
     * A dump shows an entry after events were lost: as {@link #onUpdate}, but peers are told only of what they cannot
     * know, which is anything but a timeout.
     *
     * @return its ref; 0 if the cache is full
     */
    public final int onRepair(E entry, int nowSeconds) {
        int ref = store.find(entry);
        if (ref == 0 || store.isDead(ref)) {
            return onUpdate(entry, true, nowSeconds);
        }
        return sendIf(store.update(ref, entry, 0, nowSeconds), ref);
    }

    private int sendIf(boolean transmit, int ref) {
        if (transmit && ref != 0) {
            store.session().send(ref);
        }
        return ref;
    }

    /**
     * The kernel removed an entry. What is not in the cache is ignored.
     *
     * @param transmit whether peers are to be told; not of what this daemon did itself
     * @return whether an entry died
     */
    public final boolean onDestroy(E entry, boolean transmit) {
        int ref = store.find(entry);
        if (ref == 0 || store.isDead(ref)) {
            return false;
        }
        beforeEnd(entry);
        die(ref, transmit);
        return true;
    }

    /**
     * The kernel does not know an entry that {@link EntrySelection#UNSEEN} showed: it dies, unless something was heard
     * of it since.
     *
     * @return whether it died
     */
    public final boolean onMissing(E entry, boolean transmit) {
        int ref = store.find(entry);
        if (ref == 0 || store.isDead(ref) || store.isSeen(ref)) {
            return false;
        }
        die(ref, transmit);
        return true;
    }

    /** The entry does not count any more, though it goes on in the kernel: it dies here, and peers are told. */
    public final void onIgnored(E entry) {
        int ref = store.find(entry);
        if (ref != 0 && !store.isDead(ref)) {
            store.kill(ref);
            store.session().withdraw(ref);
            removeUnlessQueued(ref);
        }
    }

    /** A live entry is about to die since the kernel removed it, which tells this of it. */
    void beforeEnd(E entry) {
    }

    private void die(int ref, boolean transmit) {
        store.kill(ref);
        if (transmit) {
            store.session().send(ref);
        }
        removeUnlessQueued(ref);
    }

    private void removeUnlessQueued(int ref) {
        if (table.isInUse(ref) && queueState(ref) == QUEUE_NONE) {
            store.remove(ref);
        }
    }

    /** Starts a resync: what is neither created nor updated from here on is {@link EntrySelection#UNSEEN}. */
    public final void beginResync() {
        store.beginResync();
    }

    /**
     * Hands objects, dead ones too, to the session, from where the cursor is.
     *
     * @param max most objects to hand over
     * @return whether the iteration goes on
     */
    public final boolean sendPage(EntryCursor cursor, int max) {
        table.checkThread();
        for (int i = 0; i < max; i++) {
            int ref = store.next(cursor);
            if (ref == 0) {
                break;
            }
            store.session().send(ref);
        }
        return cursor.hasNext();
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

    /**
     * Forgets everything; peers are not told. It counts at once, the work remains to be done by {@link #flushPage}.
     * Until then objects that were queued may still be sent.
     */
    @Override
    public final void flush() {
        store.flush();
    }

    /** Frees up to {@code max} flushed objects; returns whether to call again. */
    @Override
    public final boolean flushPage(int max) {
        return store.flushPage(max);
    }

    /** Ref of an entry, dead ones included; 0 when it is not there. */
    public final int find(E entry) {
        return store.find(entry);
    }

    /** Decodes an object: what the sync protocol tells of it, and what its header knows. */
    public final void decode(int ref, E into) {
        store.decode(ref, into);
    }

    /** Whether something was heard of an object since the last {@link #beginResync}. */
    public final boolean isSeen(int ref) {
        return store.isSeen(ref);
    }

    /** Whether the ref names a live entry. */
    public final boolean isLive(int ref) {
        return store.isThere(ref) && !store.isDead(ref);
    }

    /** Whether an object is dead. */
    public final boolean isDead(int ref) {
        return store.isDead(ref);
    }

    @Override
    public final int type(int ref) {
        int first = store.kind().firstType();
        if (store.isDead(ref)) {
            return first + MessageType.CT_DELETE;
        }
        return store.isAlive(ref) ? first + MessageType.CT_UPDATE : first + MessageType.CT_NEW;
    }

    @Override
    public final void encode(int ref, ByteBuf out) {
        store.encode(ref, out, withTimeout, withWindowScale);
    }

    @Override
    public final int queueState(int ref) {
        return headers.queueState(ref);
    }

    @Override
    public final int queuePosition(int ref) {
        return headers.getInt(ref, EntryHeaders.QUEUE_POSITION);
    }

    @Override
    public final void setQueue(int ref, int state, int position) {
        headers.setQueueState(ref, state);
        headers.setInt(ref, EntryHeaders.QUEUE_POSITION, position);
    }

    @Override
    public final void released(int ref) {
        if (table.isInUse(ref) && (store.isDead(ref) || store.isFlushed(ref))) {
            store.remove(ref);
        }
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
