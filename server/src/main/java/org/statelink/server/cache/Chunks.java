/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * Memory outside the heap in pieces of {@link #BYTES}, zeroed. Taking one costs some tens of microseconds, which bounds
 * the pause of whoever grows. The JVM's limit on direct buffers does not apply to it.
 */
final class Chunks implements AutoCloseable {
    /** Bytes of a chunk. */
    static final int BYTES = 256 * 1024;
    // Owns the alignment of everything within a chunk: bodies start at multiples of 16, longs at multiples of 8.
    private static final int ALIGNMENT = 16;

    private final Arena arena = Arena.ofShared();
    private final ArrayDeque<MemorySegment> spare = new ArrayDeque<>();
    private int total;

    /** A chunk of zeros. */
    MemorySegment take() {
        MemorySegment reused = spare.poll();
        if (reused != null) {
            return reused;
        }
        MemorySegment chunk = arena.allocate(BYTES, ALIGNMENT);
        total++;
        return chunk;
    }

    /** Takes a chunk back; it must hold zeros only. */
    void giveBack(MemorySegment chunk) {
        spare.push(chunk);
    }

    /** Bytes obtained from the system. */
    long bytes() {
        return arena.scope().isAlive() ? (long) total * BYTES : 0;
    }

    /** Gives all memory back to the system; every later access to a chunk throws {@link IllegalStateException}. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
            spare.clear();
        }
    }
}
