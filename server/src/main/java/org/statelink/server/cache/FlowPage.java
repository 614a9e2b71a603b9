/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.NatMapping;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.ConntrackBody;

/**
 * Copies of some flows of a cache, for another thread to decode: filled on the state loop, handed over by
 * {@code execute}, read, and possibly handed back to be filled again. Its memory is a heap array, nothing to release.
 */
public final class FlowPage {
    private static final int MIN_BYTES = 8192;
    private static final int DEFAULT_BYTES = 64 * 1024;
    // body length, stored at, active since, due, kernel id, both directions' zones, owner and flags
    private static final int RECORD_HEADER = 7 * Integer.BYTES;

    private final byte[] bytes;
    private final ByteBuf records;
    private final ByteBuf body;
    private int size;
    private int storedAt;
    private int activeSince;
    private int due;
    private int zoneReply;
    private int owner;
    private int flags;

    /** A page of 64 KiB: some 500 flows. */
    public FlowPage() {
        this(DEFAULT_BYTES);
    }

    /** A page of the given number of bytes, at least 8192. */
    public FlowPage(int capacity) {
        bytes = new byte[Math.max(MIN_BYTES, capacity)];
        records = Unpooled.wrappedBuffer(bytes).clear();
        body = Unpooled.wrappedBuffer(bytes);
    }

    /** Empties the page. */
    void clear() {
        records.clear();
        size = 0;
    }

    /** Whether any flow fits in. */
    boolean hasRoom() {
        return records.writableBytes() >= RECORD_HEADER + BodyStore.MAX_BYTES;
    }

    void add(FlowTable table, int ref) {
        EntryHeaders headers = table.headers();
        records.writeInt(table.length(ref));
        records.writeInt(headers.getInt(ref, EntryHeaders.STORED_AT));
        records.writeInt(headers.getInt(ref, EntryHeaders.ACTIVE_SINCE));
        records.writeInt(headers.getInt(ref, EntryHeaders.DUE));
        records.writeInt(headers.getInt(ref, EntryHeaders.KERNEL_ID));
        records.writeShort(headers.getShort(ref, EntryHeaders.ZONE_ORIGINAL));
        records.writeShort(headers.getShort(ref, EntryHeaders.ZONE_REPLY));
        records.writeShort(headers.getShort(ref, EntryHeaders.OWNER));
        records.writeShort(headers.getByte(ref, EntryHeaders.FLAGS));
        records.writerIndex(records.writerIndex() + table.read(ref, bytes, records.writerIndex()));
        size++;
    }

    /** Number of flows in the page, those read included. */
    public int size() {
        return size;
    }

    /** Goes back to the first flow. */
    public void rewind() {
        records.readerIndex(0);
    }

    /**
     * Decodes the next flow. It has what the sync protocol tells, the kernel's identifier and the zone of the original
     * direction; {@link #restoreReply} adds the reply tuple.
     *
     * @return false when there is none left; the flow is then as it was
     */
    public boolean next(Conntrack into) {
        if (!records.isReadable()) {
            return false;
        }
        int length = records.readInt();
        storedAt = records.readInt();
        activeSince = records.readInt();
        due = records.readInt();
        int id = records.readInt();
        int zoneOriginal = records.readUnsignedShort();
        zoneReply = records.readUnsignedShort();
        owner = records.readUnsignedShort();
        flags = records.readUnsignedShort();
        body.setIndex(records.readerIndex(), records.readerIndex() + length);
        records.skipBytes(length);
        complete(body, into, id, zoneOriginal);
        return true;
    }

    /** Decodes a stored body, and adds what the header knows. */
    static void complete(ByteBuf body, Conntrack into, int id, int zoneOriginal) {
        BodyResult result = ConntrackBody.decode(body, into);
        if (result != BodyResult.OK) {
            throw new IllegalStateException("stored flow: " + result.text());
        }
        if (id != 0) {
            into.setId(id);
        }
        into.original().setZone(zoneOriginal);
    }

    /** Gives the flow read last its reply tuple, the zone of that direction included. */
    public void restoreReply(Conntrack flow) {
        NatMapping.toReply(flow);
        flow.reply().setZone(zoneReply);
    }

    /** Second at which the flow read last was stored; its timeout counts from there. */
    public int storedAt() {
        return storedAt;
    }

    /** Second at which the flow read last was created. */
    public int activeSince() {
        return activeSince;
    }

    /** Second at which the flow read last expires, or is told of again; 0 where flows have no time. */
    public int dueAt() {
        return due / EntryTimers.TICKS_PER_SECOND;
    }

    /** Number of the peer that told of the flow read last; meaningless for flows of this node. */
    public int owner() {
        return owner;
    }

    /** Whether the flow read last is dead, and kept only until a peer has acknowledged its end. */
    public boolean isDead() {
        return (flags & EntryFlags.DEAD) != 0;
    }
}
