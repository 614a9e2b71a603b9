/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Blocks of memory in size classes of 16 bytes, named by addresses: positive ints that count units of 16 bytes.
 *
 * <p>A chunk is cut into spans of 64 KiB. A span holds blocks of one size and remembers its free ones in a list that
 * runs through them. A span whose blocks are all free serves any size again, so that memory follows the mixture of
 * flows. Not thread safe.
 */
final class BodyStore {
    /** Longest block in bytes. */
    static final int MAX_BYTES = 4096;
    /** Bytes of an address unit. */
    static final int UNIT = 16;

    private static final int SPAN_UNITS_SHIFT = 12;
    private static final int SPAN_UNITS = 1 << SPAN_UNITS_SHIFT;
    private static final int SPANS_PER_CHUNK = Chunks.BYTES / (SPAN_UNITS * UNIT);
    private static final int MAX_SPANS = 1 << 31 - SPAN_UNITS_SHIFT;
    private static final int NONE = -1;

    private final Chunks chunks;
    // By size in units: the first span that has room.
    private final int[] roomy = new int[MAX_BYTES / UNIT + 1];
    private MemorySegment[] segments = new MemorySegment[4];
    private Span[] spans = new Span[16];
    private int spanCount;
    private int unusedSpans = NONE;
    private long blocks;

    /** What is known of a span. There are few: sixteen to the megabyte. */
    private static final class Span {
        private int units;
        private int used;
        private int firstFree;
        private int fresh;
        private int previous;
        private int next;

        private boolean isFull() {
            return firstFree == NONE && fresh + units > SPAN_UNITS;
        }
    }

    BodyStore(Chunks chunks) {
        this.chunks = chunks;
        Arrays.fill(roomy, NONE);
    }

    /** Whether a body of the second length fits in the block of a body of the first, and no smaller one would do. */
    static boolean sameClass(int length, int otherLength) {
        return units(length) == units(otherLength);
    }

    private static int units(int length) {
        return (length + UNIT - 1) / UNIT;
    }

    /** Address of a block of at least {@code length} bytes (1..{@link #MAX_BYTES}); its content is undefined. */
    int allocate(int length) {
        int units = units(length);
        int number = roomy[units];
        if (number == NONE) {
            number = takeSpan(units);
        }
        Span span = spans[number];
        int unit = span.firstFree;
        if (unit != NONE) {
            span.firstFree = segment(number).get(ValueLayout.JAVA_INT, offset(number, unit));
        } else {
            unit = span.fresh;
            span.fresh += units;
        }
        span.used++;
        blocks++;
        if (span.isFull()) {
            unlink(number, span);
        }
        return number << SPAN_UNITS_SHIFT | unit;
    }

    /** Frees a block. */
    void free(int address) {
        int number = address >>> SPAN_UNITS_SHIFT;
        int unit = address & SPAN_UNITS - 1;
        Span span = spans[number];
        if (span.isFull()) {
            link(number, span);
        }
        segment(number).set(ValueLayout.JAVA_INT, offset(number, unit), span.firstFree);
        span.firstFree = unit;
        blocks--;
        if (--span.used == 0) {
            unlink(number, span);
            span.next = unusedSpans;
            unusedSpans = number;
        }
    }

    /** The memory that a block lies in. */
    MemorySegment segmentOf(int address) {
        return segment(address >>> SPAN_UNITS_SHIFT);
    }

    /** Where in {@link #segmentOf} the block begins. */
    static long offsetOf(int address) {
        return offset(address >>> SPAN_UNITS_SHIFT, address & SPAN_UNITS - 1);
    }

    /** Number of blocks in use. */
    long blocks() {
        return blocks;
    }

    private MemorySegment segment(int span) {
        return segments[span / SPANS_PER_CHUNK];
    }

    private static long offset(int span, int unit) {
        return (long) (span % SPANS_PER_CHUNK * SPAN_UNITS + unit) * UNIT;
    }

    private int takeSpan(int units) {
        if (unusedSpans == NONE) {
            addChunk();
        }
        int number = unusedSpans;
        Span span = spans[number];
        unusedSpans = span.next;
        span.units = units;
        span.firstFree = NONE;
        span.fresh = 0;
        link(number, span);
        return number;
    }

    private void addChunk() {
        if (spanCount + SPANS_PER_CHUNK > MAX_SPANS) {
            throw new IllegalStateException("more than 32 GiB of flows");
        }
        if (spanCount + SPANS_PER_CHUNK > spans.length) {
            spans = Arrays.copyOf(spans, spans.length * 2);
            segments = Arrays.copyOf(segments, spans.length / SPANS_PER_CHUNK);
        }
        segments[spanCount / SPANS_PER_CHUNK] = chunks.take();
        for (int i = 0; i < SPANS_PER_CHUNK; i++) {
            Span span = new Span();
            span.next = unusedSpans;
            unusedSpans = spanCount;
            spans[spanCount++] = span;
        }
    }

    private void link(int number, Span span) {
        span.previous = NONE;
        span.next = roomy[span.units];
        if (span.next != NONE) {
            spans[span.next].previous = number;
        }
        roomy[span.units] = number;
    }

    private void unlink(int number, Span span) {
        if (span.previous != NONE) {
            spans[span.previous].next = span.next;
        } else if (roomy[span.units] == number) {
            roomy[span.units] = span.next;
        }
        if (span.next != NONE) {
            spans[span.next].previous = span.previous;
        }
    }
}
