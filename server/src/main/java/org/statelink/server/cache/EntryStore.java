/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.IntSupplier;

/**
 * What both caches have in common: a {@link EntryTable} that takes and merges decoded entries, counts, and is flushed.
 *
 * <p>A flush is one step for whoever looks, but its work is done in pages: it raises the epoch, and an entry of an
 * earlier epoch is as good as gone; whoever comes across one removes it. Called on the state loop.
 */
final class EntryStore<E> implements AutoCloseable {
    /** Entries looked at for a page at most, so that a page of few hits is bounded too. */
    static final int MAX_LOOKED_AT = 8192;
    private static final int FLUSHED_PER_STEP = 64;

    private final EntryTable table;
    private final EntryHeaders headers;
    private final CacheCounters counters = new CacheCounters();
    private final EntryKind<E> kind;
    private final E merged;
    private final byte[] fresh = new byte[BodyStore.MAX_BYTES];
    private final ByteBuf freshBuffer = Unpooled.wrappedBuffer(fresh).clear();
    private final byte[] stored = new byte[BodyStore.MAX_BYTES];
    private final ByteBuf storedBuffer = Unpooled.wrappedBuffer(stored);
    private final EntryCursor flushCursor = new EntryCursor();
    private CacheSession session = CacheSession.NONE;
    private int limit;
    private EntryTimers timers;
    private int generation;
    private int epoch;
    private int flushed;
    private EntryKey key;

    EntryStore(EntryKind<E> kind, EntryTable table, int limit) {
        this.kind = kind;
        this.table = table;
        this.headers = table.headers();
        this.limit = limit;
        merged = kind.newEntry();
    }

    EntryKind<E> kind() {
        return kind;
    }

    /** Who is told before an entry is removed. */
    void setSession(CacheSession session) {
        this.session = session;
    }

    /** Most entries. */
    int limit() {
        return limit;
    }

    /** From now on so many entries at most; what is beyond stays. */
    void setLimit(int entries) {
        table.checkThread();
        limit = entries;
    }

    /** Gives every entry a time from now on, anew whenever it is stored. */
    void setTimers(IntSupplier delay) {
        timers = new EntryTimers(headers, delay);
    }

    EntryTimers timers() {
        return timers;
    }

    CacheSession session() {
        return session;
    }

    EntryTable table() {
        return table;
    }

    CacheCounters counters() {
        return counters;
    }

    /** Ref of the entry with this one's identity; 0 when there is none. */
    int find(E entry) {
        key = kind.identify(entry);
        int ref = table.find(key);
        if (ref != 0 && isFlushed(ref)) {
            discard(ref);
            return 0;
        }
        return ref;
    }

    /** Adds the entry that {@link #find} did not find just before; 0 when the table is full. */
    int create(E entry, int owner, int now) {
        while (table.size() >= limit && flushPage(FLUSHED_PER_STEP)) {
            // what was flushed makes room
        }
        if (table.size() >= limit) {
            counters.increment(CacheCounter.CREATE_FAILED);
            counters.increment(CacheCounter.NO_SPACE);
            return 0;
        }
        int ref = table.insert(key, fresh, encode(entry));
        initialise(ref, entry, owner, now);
        counters.increment(CacheCounter.OBJECTS);
        return ref;
    }

    /** Puts a new entry in the place of an old one of the same identity, which leaves all queues. */
    void replace(int ref, E entry, int owner, int now) {
        if (!isDead(ref)) {
            countDestroyed();
        }
        // Not dead any more, or the session's release of the object would free it.
        setFlags(ref, flags(ref) & (EntryFlags.IN_USE | EntryFlags.IPV6 | EntryFlags.TIMED | EntryFlags.QUEUE));
        session.forget(ref);
        headers.setQueueState(ref, 0);
        headers.setInt(ref, EntryHeaders.QUEUE_POSITION, 0);
        table.replace(ref, fresh, encode(entry));
        headers.setInt(ref, EntryHeaders.KERNEL_ID, 0);
        headers.setByte(ref, EntryHeaders.TURN, 0);
        headers.setByte(ref, EntryHeaders.COMMIT, 0);
        initialise(ref, entry, owner, now);
    }

    private void initialise(int ref, E entry, int owner, int now) {
        headers.setInt(ref, EntryHeaders.ACTIVE_SINCE, now);
        headers.setShort(ref, EntryHeaders.EPOCH, epoch);
        describe(ref, entry, owner, now);
        counters.increment(CacheCounter.CREATED);
        counters.increment(CacheCounter.ACTIVE);
    }

    /** What a store sets, be it of a new entry or of an update. */
    private void describe(int ref, E entry, int owner, int now) {
        headers.setShort(ref, EntryHeaders.OWNER, owner);
        headers.setShort(ref, EntryHeaders.GENERATION, generation);
        headers.setInt(ref, EntryHeaders.STORED_AT, now);
        kind.describe(headers, ref, entry);
        if (timers != null) {
            timers.restart(ref);
        }
    }

    /** Lays what the entry knows over what is stored; whether anything but the timeout is different now. */
    boolean update(int ref, E entry, int owner, int now) {
        int length = encode(entry);
        int storedLength = table.read(ref, stored, 0);
        if (!kind.tellsDefaults(entry) || !BodyAttributes.covers(fresh, length, stored, storedLength)) {
            length = merge(entry, storedLength);
        }
        boolean changed = !kind.attributes().sameButTimeout(fresh, length, stored, storedLength);
        table.replace(ref, fresh, length);
        describe(ref, entry, owner, now);
        setFlags(ref, flags(ref) | EntryFlags.ALIVE);
        counters.increment(CacheCounter.UPDATED);
        return changed;
    }

    private int merge(E entry, int storedLength) {
        storedBuffer.setIndex(0, storedLength);
        kind.decode(storedBuffer, merged);
        kind.merge(merged, entry);
        return encode(merged);
    }

    private int encode(E entry) {
        freshBuffer.clear();
        kind.encode(entry, freshBuffer);
        return freshBuffer.writerIndex();
    }

    /** Marks an entry as dead; it stays until it is removed. */
    void kill(int ref) {
        setFlags(ref, flags(ref) | EntryFlags.DEAD);
        countDestroyed();
    }

    /** Removes an entry that no queue refers to. */
    void remove(int ref) {
        if (isFlushed(ref)) {
            flushed--;
        } else {
            counters.add(CacheCounter.OBJECTS, -1);
            if (!isDead(ref)) {
                countDestroyed();
            }
        }
        table.remove(ref);
    }

    private void countDestroyed() {
        counters.increment(CacheCounter.DESTROYED);
        counters.add(CacheCounter.ACTIVE, -1);
    }

    private void discard(int ref) {
        session.forget(ref);
        if (table.isInUse(ref)) {
            remove(ref);
        }
    }

    boolean isDead(int ref) {
        return (flags(ref) & EntryFlags.DEAD) != 0;
    }

    boolean isAlive(int ref) {
        return (flags(ref) & EntryFlags.ALIVE) != 0;
    }

    /** Whether the ref names an entry, dead or not; any int may be asked for. */
    boolean isThere(int ref) {
        return table.isInUse(ref) && !isFlushed(ref);
    }

    /** Whether the entry was flushed, and only not yet removed. */
    boolean isFlushed(int ref) {
        return flushed != 0 && headers.getShort(ref, EntryHeaders.EPOCH) != epoch;
    }

    private int flags(int ref) {
        return headers.getByte(ref, EntryHeaders.FLAGS);
    }

    private void setFlags(int ref, int flags) {
        headers.setByte(ref, EntryHeaders.FLAGS, flags);
    }

    /** From here on {@link EntrySelection#UNSEEN} are those that are not stored again. */
    void beginResync() {
        table.checkThread();
        generation = generation + 1 & 0xffff;
    }

    boolean isSeen(int ref) {
        return headers.getShort(ref, EntryHeaders.GENERATION) == generation;
    }

    /** Empties the table, as far as anybody can tell. */
    void flush() {
        table.checkThread();
        flushed = table.size();
        epoch = epoch + 1 & 0xffff;
        counters.add(CacheCounter.DESTROYED, counters.get(CacheCounter.ACTIVE));
        counters.set(CacheCounter.ACTIVE, 0);
        counters.set(CacheCounter.OBJECTS, 0);
        flushCursor.rewind();
    }

    /** Frees up to {@code max} flushed entries; whether there are more. */
    boolean flushPage(int max) {
        flushCursor.begin(table.end());
        for (int i = 0; i < max && flushed != 0 && flushCursor.hasNext(); i++) {
            int ref = flushCursor.peek();
            if (table.isInUse(ref) && isFlushed(ref)) {
                discard(ref);
            }
            flushCursor.advance();
        }
        return flushed != 0 && flushCursor.hasNext();
    }

    /** Moves the cursor to the next entry, at most {@code max} steps; its ref, or 0 if there was none. */
    int next(EntryCursor cursor) {
        cursor.begin(table.end());
        for (int i = 0; i < MAX_LOOKED_AT && cursor.hasNext(); i++) {
            int ref = cursor.peek();
            cursor.advance();
            if (isThere(ref)) {
                return ref;
            }
        }
        return 0;
    }

    /** Fills a page from where the cursor is; whether the iteration goes on. */
    boolean fill(EntryCursor cursor, EntrySelection selection, EntryPage<E> page) {
        table.checkThread();
        page.clear();
        cursor.begin(table.end());
        for (int i = 0; i < MAX_LOOKED_AT && cursor.hasNext() && page.hasRoom(); i++) {
            int ref = cursor.peek();
            cursor.advance();
            if (isThere(ref) && selection.includes(flags(ref), isSeen(ref))) {
                page.add(table, ref);
            }
        }
        return cursor.hasNext();
    }

    /** Appends the body of an entry. */
    void encode(int ref, ByteBuf out, boolean withTimeout, boolean withWindowScale) {
        int length = table.read(ref, stored, 0);
        if (withTimeout && withWindowScale) {
            out.writeBytes(stored, 0, length);
        } else {
            kind.attributes().copy(stored, length, out, withTimeout, withWindowScale);
        }
    }

    /** Decodes an entry. */
    void decode(int ref, E into) {
        storedBuffer.setIndex(0, table.read(ref, stored, 0));
        kind.decode(storedBuffer, into);
        kind.restore(into, headers.getInt(ref, EntryHeaders.KERNEL_ID),
            headers.getShort(ref, EntryHeaders.ZONE_ORIGINAL));
    }

    @Override
    public void close() {
        table.close();
    }
}
