/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A table of entries outside the heap: headers, bodies in canonical wire encoding, and the index. A ref names an entry
 * from {@link #insert} to {@link #remove}, whatever becomes of its body.
 *
 * <p>Belongs to the thread that uses it first; another one is turned away with {@link IllegalStateException}.
 */
final class EntryTable implements AutoCloseable, EntryIndex.Matcher {
    private static final int FIRST_SLOTS = 1 << 15;

    private final EntryHasher hasher;
    private final Chunks chunks = new Chunks();
    private final EntryHeaders headers = new EntryHeaders(chunks);
    private final BodyStore bodies = new BodyStore(chunks);
    private final EntryIndex index;
    private Thread owner;

    EntryTable() {
        this(EntryHasher.keyedAtRandom(), FIRST_SLOTS);
    }

    EntryTable(EntryHasher hasher, int slots) {
        this.hasher = hasher;
        index = new EntryIndex(chunks, this, slots);
    }

    /** Throws unless called on the thread that the table belongs to. */
    void checkThread() {
        Thread current = Thread.currentThread();
        if (owner != current) {
            if (owner != null) {
                throw new IllegalStateException("the table belongs to " + owner + ", not " + current);
            }
            owner = current;
        }
    }

    /** The ref of the entry with this identity; 0 when there is none. */
    int find(EntryKey key) {
        checkThread();
        return index.find(hasher.hash(key), key);
    }

    @Override
    public boolean matches(int ref, EntryKey key) {
        if (!key.matchesHeader(headers, ref)) {
            return false;
        }
        int body = headers.getInt(ref, EntryHeaders.BODY);
        return key.matchesBody(bodies.segmentOf(body), BodyStore.offsetOf(body), length(ref));
    }

    /**
     * Adds an entry; none with this identity may be there.
     *
     * @param body canonical encoding of the entry in its first {@code length} bytes; copied
     * @return its ref; the other fields of its header are zero
     */
    int insert(EntryKey key, byte[] body, int length) {
        checkThread();
        int ref = headers.allocate();
        int hash = hasher.hash(key);
        headers.setInt(ref, EntryHeaders.HASH, hash);
        headers.setInt(ref, EntryHeaders.BODY, bodies.allocate(length));
        key.writeTo(headers, ref);
        write(ref, body, length);
        index.insert(hash, ref);
        return ref;
    }

    /** Replaces the body of an entry; its identity must be the same. */
    void replace(int ref, byte[] body, int length) {
        checkThread();
        if (!BodyStore.sameClass(length(ref), length)) {
            bodies.free(headers.getInt(ref, EntryHeaders.BODY));
            headers.setInt(ref, EntryHeaders.BODY, bodies.allocate(length));
        }
        write(ref, body, length);
    }

    private void write(int ref, byte[] body, int length) {
        int address = headers.getInt(ref, EntryHeaders.BODY);
        MemorySegment.copy(body, 0, bodies.segmentOf(address), ValueLayout.JAVA_BYTE, BodyStore.offsetOf(address),
            length);
        headers.setShort(ref, EntryHeaders.LENGTH, length);
    }

    /** Removes an entry; its ref may soon name another one. */
    void remove(int ref) {
        checkThread();
        index.remove(headers.getInt(ref, EntryHeaders.HASH), ref);
        bodies.free(headers.getInt(ref, EntryHeaders.BODY));
        headers.free(ref);
    }

    /** Length of an entry's body in bytes. */
    int length(int ref) {
        return headers.getShort(ref, EntryHeaders.LENGTH);
    }

    /** Copies an entry's body to an array and returns its length. */
    int read(int ref, byte[] to, int offset) {
        int address = headers.getInt(ref, EntryHeaders.BODY);
        int length = length(ref);
        MemorySegment.copy(bodies.segmentOf(address), ValueLayout.JAVA_BYTE, BodyStore.offsetOf(address), to, offset,
            length);
        return length;
    }

    /** The headers, to read and write the fields that are no business of this class. */
    EntryHeaders headers() {
        return headers;
    }

    /** Whether the ref names an entry; any int may be asked for. */
    boolean isInUse(int ref) {
        return headers.isInUse(ref);
    }

    /** All refs are below this. */
    int end() {
        return headers.end();
    }

    /** Number of entries. */
    int size() {
        return headers.count();
    }

    /** Bytes obtained from the system. */
    long bytes() {
        return chunks.bytes();
    }

    /** For tests: the index. */
    EntryIndex index() {
        return index;
    }

    /** For tests: the number of bodies. */
    long bodies() {
        return bodies.blocks();
    }

    /** Gives all memory back; allowed on any thread, after the last use. */
    @Override
    public void close() {
        chunks.close();
    }
}
