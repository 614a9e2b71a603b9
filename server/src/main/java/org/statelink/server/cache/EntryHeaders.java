/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The headers of all entries: an array that grows chunk by chunk. The number of a header is the entry's ref, from 1 up;
 * freed ones are used again, the last freed first. Not thread safe.
 */
final class EntryHeaders {
    /** Bytes of a header. */
    static final int BYTES = 48;

    /** int: hash of the identity. */
    static final int HASH = 0;
    /** int: address of the body; of a free header the next free one. */
    static final int BODY = 4;
    /** short: length of the body. */
    static final int LENGTH = 8;
    /** byte: see {@link EntryFlags}. */
    static final int FLAGS = 10;
    /** byte: IP protocol. */
    static final int PROTOCOL = 11;
    /** short: number of the peer that told of the entry. */
    static final int OWNER = 12;
    /** short: resync during or after which the entry was seen last. */
    static final int GENERATION = 14;
    /** int: second of the last store. */
    static final int STORED_AT = 16;
    /** int: second of creation. */
    static final int ACTIVE_SINCE = 20;
    /** int: tick at which the entry is due, see {@link EntryTimers}; 0 where it has no time. */
    static final int DUE = 24;
    /** int: the session's. */
    static final int QUEUE_POSITION = 28;
    /** int: the kernel's identifier, 0 where not known. */
    static final int KERNEL_ID = 32;
    /** short: zone of the original direction, or of an expectation, whose body does not tell it. */
    static final int ZONE_ORIGINAL = 36;
    /** short: zone of both directions. */
    static final int ZONE = 38;
    /** int: ports, keys or ICMP fields as part of the identity. */
    static final int LAYER4 = 40;
    /** short: number of flushes before the entry was made. */
    static final int EPOCH = 44;
    /** byte: when it is the entry's turn in a commit, from 0 on; see {@link FlowTurn}. */
    static final int TURN = 46;
    /** byte: the {@link CommitOrder}'s number of the commit that took the entry last; 0 of none. */
    static final int COMMIT = 47;

    private static final int PER_CHUNK = Chunks.BYTES / BYTES;

    private final Chunks chunks;
    private MemorySegment[] pages = new MemorySegment[4];
    private int pageCount;
    private int end = 1;
    private int firstFree;
    private int count;

    EntryHeaders(Chunks chunks) {
        this.chunks = chunks;
    }

    /** Ref of a header of zeros, marked as in use. */
    int allocate() {
        int ref = firstFree;
        if (ref != 0) {
            firstFree = getInt(ref, BODY);
            int timed = getByte(ref, FLAGS) & EntryFlags.TIMED;
            clear(ref);
            setByte(ref, FLAGS, EntryFlags.IN_USE | timed);
        } else {
            ref = fresh();
            setByte(ref, FLAGS, EntryFlags.IN_USE);
        }
        count++;
        return ref;
    }

    private int fresh() {
        if (end / PER_CHUNK == pageCount) {
            if (pageCount == pages.length) {
                pages = Arrays.copyOf(pages, pageCount * 2);
            }
            pages[pageCount++] = chunks.take();
        }
        return end++;
    }

    private void clear(int ref) {
        MemorySegment page = page(ref);
        long offset = offset(ref);
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            page.set(ValueLayout.JAVA_LONG, offset + i, 0);
        }
    }

    /** Frees a header. */
    void free(int ref) {
        setByte(ref, FLAGS, getByte(ref, FLAGS) & EntryFlags.TIMED);
        setInt(ref, BODY, firstFree);
        firstFree = ref;
        count--;
    }

    /** Whether the ref names an entry; any int may be asked for. */
    boolean isInUse(int ref) {
        return ref > 0 && ref < end && (getByte(ref, FLAGS) & EntryFlags.IN_USE) != 0;
    }

    /** All refs are below this. */
    int end() {
        return end;
    }

    /** Number of headers in use. */
    int count() {
        return count;
    }

    int getInt(int ref, int field) {
        return page(ref).get(ValueLayout.JAVA_INT, offset(ref) + field);
    }

    void setInt(int ref, int field, int value) {
        page(ref).set(ValueLayout.JAVA_INT, offset(ref) + field, value);
    }

    int getShort(int ref, int field) {
        return page(ref).get(ValueLayout.JAVA_SHORT, offset(ref) + field) & 0xffff;
    }

    void setShort(int ref, int field, int value) {
        page(ref).set(ValueLayout.JAVA_SHORT, offset(ref) + field, (short) value);
    }

    int getByte(int ref, int field) {
        return page(ref).get(ValueLayout.JAVA_BYTE, offset(ref) + field) & 0xff;
    }

    void setByte(int ref, int field, int value) {
        page(ref).set(ValueLayout.JAVA_BYTE, offset(ref) + field, (byte) value);
    }

    /** The session's queue state, 0 to 3. */
    int queueState(int ref) {
        return getByte(ref, FLAGS) >>> EntryFlags.QUEUE_SHIFT;
    }

    void setQueueState(int ref, int state) {
        setByte(ref, FLAGS, getByte(ref, FLAGS) & ~EntryFlags.QUEUE | state << EntryFlags.QUEUE_SHIFT);
    }

    private MemorySegment page(int ref) {
        return pages[ref / PER_CHUNK];
    }

    private static long offset(int ref) {
        return (long) (ref % PER_CHUNK) * BYTES;
    }
}
