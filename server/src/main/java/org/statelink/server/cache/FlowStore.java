/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.IntSupplier;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.Tuple;
import org.statelink.sync.protocol.ConntrackBody;

/**
 * What both caches have in common: a {@link FlowTable} that takes and merges decoded flows, counts, and is flushed.
 *
 * <p>A flush is one step for whoever looks, but its work is done in pages: it raises the epoch, and an entry of an
 * earlier epoch is as good as gone; whoever comes across one removes it. Called on the state loop.
 */
final class FlowStore implements AutoCloseable {
    /** Entries looked at for a page at most, so that a page of few hits is bounded too. */
    static final int MAX_LOOKED_AT = 8192;
    private static final int FLUSHED_PER_STEP = 64;

    private final FlowTable table;
    private final EntryHeaders headers;
    private final CacheCounters counters = new CacheCounters();
    private final FlowKey key = new FlowKey();
    private final Conntrack merged = new Conntrack();
    private final byte[] fresh = new byte[BodyStore.MAX_BYTES];
    private final ByteBuf freshBuffer = Unpooled.wrappedBuffer(fresh).clear();
    private final byte[] stored = new byte[BodyStore.MAX_BYTES];
    private final ByteBuf storedBuffer = Unpooled.wrappedBuffer(stored);
    private final FlowCursor flushCursor = new FlowCursor();
    private CacheSession session = CacheSession.NONE;
    private int limit;
    private EntryTimers timers;
    private int generation;
    private int epoch;
    private int flushed;

    FlowStore(FlowTable table, int limit) {
        this.table = table;
        this.headers = table.headers();
        this.limit = limit;
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

    FlowTable table() {
        return table;
    }

    CacheCounters counters() {
        return counters;
    }

    /** Ref of the entry of this flow; 0 when there is none. */
    int find(Conntrack flow) {
        key.set(flow);
        int ref = table.find(key);
        if (ref != 0 && isFlushed(ref)) {
            discard(ref);
            return 0;
        }
        return ref;
    }

    /** Adds the flow that {@link #find} did not find just before; 0 when the table is full. */
    int create(Conntrack flow, int owner, int now) {
        while (table.size() >= limit && flushPage(FLUSHED_PER_STEP)) {
            // what was flushed makes room
        }
        if (table.size() >= limit) {
            counters.increment(CacheCounter.CREATE_FAILED);
            counters.increment(CacheCounter.NO_SPACE);
            return 0;
        }
        int ref = table.insert(key, fresh, encode(flow));
        initialise(ref, flow, owner, now);
        counters.increment(CacheCounter.OBJECTS);
        return ref;
    }

    /** Puts a new flow in the place of an old one of the same identity, which leaves all queues. */
    void replace(int ref, Conntrack flow, int owner, int now) {
        if (!isDead(ref)) {
            countDestroyed();
        }
        // Not dead any more, or the session's release of the object would free it.
        setFlags(ref, flags(ref) & (EntryFlags.IN_USE | EntryFlags.IPV6 | EntryFlags.TIMED | EntryFlags.QUEUE));
        session.forget(ref);
        headers.setQueueState(ref, 0);
        headers.setInt(ref, EntryHeaders.QUEUE_POSITION, 0);
        table.replace(ref, fresh, encode(flow));
        headers.setInt(ref, EntryHeaders.KERNEL_ID, 0);
        headers.setShort(ref, EntryHeaders.ZONE_REPLY, 0);
        initialise(ref, flow, owner, now);
    }

    private void initialise(int ref, Conntrack flow, int owner, int now) {
        headers.setInt(ref, EntryHeaders.ACTIVE_SINCE, now);
        headers.setShort(ref, EntryHeaders.EPOCH, epoch);
        describe(ref, flow, owner, now);
        counters.increment(CacheCounter.CREATED);
        counters.increment(CacheCounter.ACTIVE);
    }

    /** What a store sets, be it of a new flow or of an update. */
    private void describe(int ref, Conntrack flow, int owner, int now) {
        headers.setShort(ref, EntryHeaders.OWNER, owner);
        headers.setShort(ref, EntryHeaders.GENERATION, generation);
        headers.setInt(ref, EntryHeaders.STORED_AT, now);
        if (flow.has(Field.ID)) {
            headers.setInt(ref, EntryHeaders.KERNEL_ID, flow.id());
        }
        Tuple reply = flow.reply();
        if (reply.isSet()) {
            headers.setShort(ref, EntryHeaders.ZONE_REPLY, reply.zone());
        }
        if (flow.master().isSet()) {
            setFlags(ref, flags(ref) | EntryFlags.MASTER);
        }
        if (timers != null) {
            timers.restart(ref);
        }
    }

    /** Lays what the flow knows over what is stored; whether anything but the timeout is different now. */
    boolean update(int ref, Conntrack flow, int owner, int now) {
        int length = encode(flow);
        int storedLength = table.read(ref, stored, 0);
        // The encoder always writes a status, so only the flow can tell whether it is known.
        if (!flow.has(Field.STATUS) || !BodyAttributes.covers(fresh, length, stored, storedLength)) {
            length = merge(flow, storedLength);
        }
        boolean changed = !BodyAttributes.sameButTimeout(fresh, length, stored, storedLength);
        table.replace(ref, fresh, length);
        describe(ref, flow, owner, now);
        setFlags(ref, flags(ref) | EntryFlags.ALIVE);
        counters.increment(CacheCounter.UPDATED);
        return changed;
    }

    private int merge(Conntrack flow, int storedLength) {
        storedBuffer.setIndex(0, storedLength);
        ConntrackBody.decode(storedBuffer, merged);
        merged.merge(flow);
        return encode(merged);
    }

    private int encode(Conntrack flow) {
        freshBuffer.clear();
        ConntrackBody.encode(flow, freshBuffer, true, true);
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

    /** From here on {@link FlowSelection#UNSEEN} are those that are not stored again. */
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
    int next(FlowCursor cursor) {
        cursor.begin(table.end());
        for (int i = 0; i < MAX_LOOKED_AT && cursor.hasNext(); i++) {
            int ref = cursor.peek();
            cursor.advance();
            if (table.isInUse(ref) && !isFlushed(ref)) {
                return ref;
            }
        }
        return 0;
    }

    /** Fills a page from where the cursor is; whether the iteration goes on. */
    boolean fill(FlowCursor cursor, FlowSelection selection, FlowPage page) {
        table.checkThread();
        page.clear();
        cursor.begin(table.end());
        for (int i = 0; i < MAX_LOOKED_AT && cursor.hasNext() && page.hasRoom(); i++) {
            int ref = cursor.peek();
            cursor.advance();
            if (table.isInUse(ref) && !isFlushed(ref) && selection.includes(flags(ref), isSeen(ref))) {
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
            BodyAttributes.copy(stored, length, out, withTimeout, withWindowScale);
        }
    }

    /** Decodes an entry. */
    void decode(int ref, Conntrack into) {
        storedBuffer.setIndex(0, table.read(ref, stored, 0));
        FlowPage.complete(storedBuffer, into, headers.getInt(ref, EntryHeaders.KERNEL_ID),
            headers.getShort(ref, EntryHeaders.ZONE_ORIGINAL));
    }

    @Override
    public void close() {
        table.close();
    }
}
