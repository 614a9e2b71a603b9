/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import java.util.Arrays;

/**
 * Finds the heaviest of very many keys in bounded memory: a fixed number of counters, of which the lightest is given to
 * a key that has none (the space-saving algorithm of Metwally, Agrawal and El Abbadi, 2005). A key's count is never too
 * small, and too large by its error at most; a key is there if it has more than the total divided by the counters.
 *
 * <p>Keys are two longs. Not thread safe; adding allocates nothing.
 */
final class HeavyHitters {
    private final int capacity;
    private final long seed;
    private final long[] high;
    private final long[] low;
    private final long[] count;
    private final long[] error;
    /** Counters by weight: the lightest at the top of the heap. */
    private final int[] heap;
    private final int[] place;
    /** Counters by key, plus one, with linear probing; 0 where there is none. */
    private final int[] index;
    private int size;

    /** So many counters; {@code seed} keeps those who choose the keys from making them collide. */
    HeavyHitters(int capacity, long seed) {
        this.capacity = capacity;
        this.seed = seed;
        high = new long[capacity];
        low = new long[capacity];
        count = new long[capacity];
        error = new long[capacity];
        heap = new int[capacity];
        place = new int[capacity];
        index = new int[Integer.highestOneBit(capacity) << 2];
    }

    /** Takes what a visitor needs. */
    interface Visitor {
        /** A key with its count, of which up to {@code error} may belong to others. */
        void visit(long high, long low, long count, long error);
    }

    /** Forgets everything. */
    void clear() {
        size = 0;
        Arrays.fill(index, 0);
    }

    /** Adds to a key's count. */
    void add(long keyHigh, long keyLow, long weight) {
        int slot = slotOf(keyHigh, keyLow);
        if (index[slot] == 0) {
            if (size == capacity) {
                takeLightest(keyHigh, keyLow, weight);
                return;
            }
            take(size, slot, keyHigh, keyLow);
            count[size] = weight;
            error[size] = 0;
            heap[size] = size;
            place[size] = size;
            rise(size++);
        } else {
            int counter = index[slot] - 1;
            count[counter] += weight;
            sink(place[counter]);
        }
    }

    private void takeLightest(long keyHigh, long keyLow, long weight) {
        int counter = heap[0];
        remove(slotOf(high[counter], low[counter]));
        take(counter, slotOf(keyHigh, keyLow), keyHigh, keyLow);
        error[counter] = count[counter];
        count[counter] += weight;
        sink(0);
    }

    private void take(int counter, int slot, long keyHigh, long keyLow) {
        high[counter] = keyHigh;
        low[counter] = keyLow;
        index[slot] = counter + 1;
    }

    /** Shows every key, in no order. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < size; i++) {
            visitor.visit(high[i], low[i], count[i], error[i]);
        }
    }

    /** The slot of the key, or the free one where it belongs. */
    private int slotOf(long keyHigh, long keyLow) {
        int slot = home(keyHigh, keyLow);
        while (index[slot] != 0 && (low[index[slot] - 1] != keyLow || high[index[slot] - 1] != keyHigh)) {
            slot = slot + 1 & index.length - 1;
        }
        return slot;
    }

    private int home(long keyHigh, long keyLow) {
        long mixed = (keyHigh ^ seed) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 32 ^ keyLow) * 0xD6E8FEB86659FD93L;
        return (int) (mixed >>> 32) & index.length - 1;
    }

    /** Frees a slot, and closes the gap in the chain. */
    private void remove(int freed) {
        int gap = freed;
        int slot = freed + 1 & index.length - 1;
        while (index[slot] != 0) {
            int home = home(high[index[slot] - 1], low[index[slot] - 1]);
            if ((slot - home & index.length - 1) >= (slot - gap & index.length - 1)) {
                index[gap] = index[slot];
                gap = slot;
            }
            slot = slot + 1 & index.length - 1;
        }
        index[gap] = 0;
    }

    private void rise(int from) {
        int at = from;
        while (at > 0 && lighter(heap[at], heap[at - 1 >> 1])) {
            swap(at, at - 1 >> 1);
            at = at - 1 >> 1;
        }
    }

    private void sink(int from) {
        int at = from;
        int child = lightestChild(at);
        while (child < size && lighter(heap[child], heap[at])) {
            swap(at, child);
            at = child;
            child = lightestChild(at);
        }
    }

    private int lightestChild(int at) {
        int left = 2 * at + 1;
        return left + 1 < size && lighter(heap[left + 1], heap[left]) ? left + 1 : left;
    }

    private boolean lighter(int counter, int than) {
        return count[counter] < count[than];
    }

    private void swap(int one, int other) {
        int moved = heap[one];
        heap[one] = heap[other];
        heap[other] = moved;
        place[heap[one]] = one;
        place[heap[other]] = other;
    }
}
