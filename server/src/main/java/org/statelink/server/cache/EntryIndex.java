/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Finds refs by hash: open addressing with linear probing. A slot is a long, the hash above the ref; 0 is free. With
 * the hash in the slot neither a probe that fails nor growing touches the entries themselves.
 *
 * <p>The index grows without a pause. At five eighths full it begins to take the chunks of the next table, one now and
 * then; at six eighths that table takes over and every change moves a few slots of the old one. Removal closes the gap,
 * so there are no tombstones. Not thread safe.
 */
final class EntryIndex {
    private static final int SLOTS_PER_CHUNK_SHIFT = 15;
    private static final int SLOTS_PER_CHUNK = 1 << SLOTS_PER_CHUNK_SHIFT;
    private static final int MIN_SLOTS = 64;
    private static final int MAX_SLOTS = 1 << 30;
    private static final int SLOTS_MOVED_PER_CHANGE = 8;
    private static final int CHANGES_PER_CHUNK = 64;

    private final Chunks chunks;
    private final Matcher matcher;
    private Table table;
    // What is left of the table before; null when everything has moved. Its slots below `moved` are free.
    private Table old;
    private int moved;
    // The table to come; null unless its chunks are being taken.
    private Table next;
    private int changes;

    /** Compares an entry with a key. */
    @FunctionalInterface
    interface Matcher {
        boolean matches(int ref, EntryKey key);
    }

    /** A table of slots; its number is a power of two. */
    private static final class Table {
        private final MemorySegment[] parts;
        private final int mask;
        private int taken;
        private int size;

        private Table(int slots) {
            parts = new MemorySegment[Math.max(1, slots >>> SLOTS_PER_CHUNK_SHIFT)];
            mask = slots - 1;
        }

        private long get(int slot) {
            return parts[slot >>> SLOTS_PER_CHUNK_SHIFT].get(ValueLayout.JAVA_LONG, offset(slot));
        }

        private void set(int slot, long value) {
            parts[slot >>> SLOTS_PER_CHUNK_SHIFT].set(ValueLayout.JAVA_LONG, offset(slot), value);
        }

        private static long offset(int slot) {
            return (long) (slot & SLOTS_PER_CHUNK - 1) << 3;
        }

        private boolean isFullerThan(int eighths) {
            return size >= ((long) mask + 1) * eighths >>> 3;
        }

        private void insert(long entry) {
            int slot = (int) (entry >>> 32) & mask;
            while (get(slot) != 0) {
                slot = slot + 1 & mask;
            }
            set(slot, entry);
            size++;
        }

        private boolean remove(long entry) {
            int slot = (int) (entry >>> 32) & mask;
            for (long found = get(slot); found != 0; found = get(slot)) {
                if (found == entry) {
                    removeAt(slot);
                    return true;
                }
                slot = slot + 1 & mask;
            }
            return false;
        }

        /** Frees a slot and moves up those after it that would no longer be found. */
        private void removeAt(int slot) {
            int hole = slot;
            int at = slot + 1 & mask;
            for (long entry = get(at); entry != 0; entry = get(at)) {
                int home = (int) (entry >>> 32) & mask;
                if ((at - home & mask) >= (at - hole & mask)) {
                    set(hole, entry);
                    hole = at;
                }
                at = at + 1 & mask;
            }
            set(hole, 0);
            size--;
        }
    }

    EntryIndex(Chunks chunks, Matcher matcher, int slots) {
        this.chunks = chunks;
        this.matcher = matcher;
        table = new Table(Math.max(MIN_SLOTS, Integer.highestOneBit(slots)));
        while (!takeChunk(table)) {
            // until it is whole
        }
    }

    /** The ref of the entry with this key; 0 when there is none. */
    int find(int hash, EntryKey key) {
        int ref = find(table, hash, key);
        return ref == 0 && old != null ? find(old, hash, key) : ref;
    }

    private int find(Table in, int hash, EntryKey key) {
        int slot = hash & in.mask;
        for (long entry = in.get(slot); entry != 0; entry = in.get(slot)) {
            if ((int) (entry >>> 32) == hash && matcher.matches((int) entry, key)) {
                return (int) entry;
            }
            slot = slot + 1 & in.mask;
        }
        return 0;
    }

    /** Adds an entry that is not in the index. */
    void insert(int hash, int ref) {
        advance();
        table.insert(entry(hash, ref));
    }

    /** Removes an entry that is in the index. */
    void remove(int hash, int ref) {
        long entry = entry(hash, ref);
        if (!table.remove(entry) && (old == null || !old.remove(entry))) {
            throw new IllegalStateException("entry " + ref + " is not in the index");
        }
        advance();
    }

    private static long entry(int hash, int ref) {
        return (long) hash << 32 | ref;
    }

    /** Number of entries. */
    int size() {
        return table.size + (old == null ? 0 : old.size);
    }

    /** Number of slots of the present table. */
    int slots() {
        return table.mask + 1;
    }

    /** Whether the table before still holds entries. */
    boolean isGrowing() {
        return old != null;
    }

    private void advance() {
        if (old != null) {
            move();
        } else if (next != null) {
            prepare();
        } else if (table.isFullerThan(5) && table.mask < MAX_SLOTS - 1) {
            next = new Table((table.mask + 1) * 2);
        }
    }

    private void prepare() {
        boolean hurry = table.isFullerThan(6);
        if (!hurry && changes++ % CHANGES_PER_CHUNK != 0) {
            return;
        }
        if (takeChunk(next) && hurry) {
            old = table;
            table = next;
            next = null;
            moved = 0;
        }
    }

    /** Takes one more chunk; whether the table is whole. */
    private boolean takeChunk(Table of) {
        if (of.taken < of.parts.length) {
            of.parts[of.taken++] = chunks.take();
        }
        return of.taken == of.parts.length;
    }

    private void move() {
        int end = Math.min(moved + SLOTS_MOVED_PER_CHANGE, old.mask + 1);
        while (moved < end) {
            long entry = old.get(moved);
            if (entry == 0) {
                moved++;
            } else {
                // What follows may move up into this slot, so it is looked at again.
                table.insert(entry);
                old.removeAt(moved);
            }
        }
        if (old.size == 0) {
            for (MemorySegment part : old.parts) {
                chunks.giveBack(part);
            }
            old = null;
        }
    }
}
