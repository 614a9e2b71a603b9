/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Copies of some entries of a cache, for another thread to decode: filled on the state loop, handed over by
 * {@code execute}, read, and possibly handed back to be filled again. Its memory is a heap array, nothing to release.
 */
public abstract sealed class EntryPage<E> permits FlowPage, ExpectationPage {
    private static final int MIN_BYTES = 8192;
    static final int DEFAULT_BYTES = 64 * 1024;
    // body length, stored at, active since, due, kernel id, both directions' zones, owner and flags
    private static final int RECORD_HEADER = 7 * Integer.BYTES;

    private final EntryKind<E> kind;
    private final byte[] bytes;
    private final ByteBuf records;
    private final ByteBuf body;
    private int size;
    private int storedAt;
    private int activeSince;
    private int due;
    private int owner;
    private int flags;

    /** A page of so many bytes, at least 8192. */
    EntryPage(EntryKind<E> kind, int capacity) {
        this.kind = kind;
        bytes = new byte[Math.max(MIN_BYTES, capacity)];
        records = Unpooled.wrappedBuffer(bytes).clear();
        body = Unpooled.wrappedBuffer(bytes);
    }

    /** Empties the page. */
    void clear() {
        records.clear();
        size = 0;
    }

    /** Whether any entry fits in. */
    boolean hasRoom() {
        return records.writableBytes() >= RECORD_HEADER + BodyStore.MAX_BYTES;
    }

    void add(EntryTable table, int ref) {
        EntryHeaders headers = table.headers();
        records.writeInt(table.length(ref));
        records.writeInt(headers.getInt(ref, EntryHeaders.STORED_AT));
        records.writeInt(headers.getInt(ref, EntryHeaders.ACTIVE_SINCE));
        records.writeInt(headers.getInt(ref, EntryHeaders.DUE));
        records.writeInt(headers.getInt(ref, EntryHeaders.KERNEL_ID));
        records.writeShort(headers.getShort(ref, EntryHeaders.ZONE_ORIGINAL));
        records.writeShort(headers.getShort(ref, EntryHeaders.OWNER));
        records.writeInt(headers.getByte(ref, EntryHeaders.FLAGS));
        records.writerIndex(records.writerIndex() + table.read(ref, bytes, records.writerIndex()));
        size++;
    }

    /** Number of entries in the page, those read included. */
    public final int size() {
        return size;
    }

    /** Goes back to the first entry. */
    public final void rewind() {
        records.readerIndex(0);
    }

    /**
     * Decodes the next entry. It has what the sync protocol tells, and what the header knows beside it.
     *
     * @return false when there is none left; the entry is then as it was
     */
    public final boolean next(E into) {
        if (!records.isReadable()) {
            return false;
        }
        int length = records.readInt();
        storedAt = records.readInt();
        activeSince = records.readInt();
        due = records.readInt();
        int id = records.readInt();
        int zone = records.readUnsignedShort();
        owner = records.readUnsignedShort();
        flags = records.readInt();
        body.setIndex(records.readerIndex(), records.readerIndex() + length);
        records.skipBytes(length);
        kind.decode(body, into);
        kind.restore(into, id, zone);
        return true;
    }

    /** Adds to the entry read last what is not stored, since it follows from the rest. */
    public abstract void complete(E entry);

    /** Second at which the entry read last was stored; its timeout counts from there. */
    public final int storedAt() {
        return storedAt;
    }

    /** Second at which the entry read last was created. */
    public final int activeSince() {
        return activeSince;
    }

    /** Second at which the entry read last expires, or is told of again; 0 where entries have no time. */
    public final int dueAt() {
        return due / EntryTimers.TICKS_PER_SECOND;
    }

    /** Number of the peer that told of the entry read last; meaningless for entries of this node. */
    public final int owner() {
        return owner;
    }

    /** Whether the entry read last is dead, and kept only until a peer has acknowledged its end. */
    public final boolean isDead() {
        return (flags & EntryFlags.DEAD) != 0;
    }
}
