/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

/**
 * First-in first-out queue of elements, which are ints other than 0. An element that was added is found again by its
 * position, a running number, so that it can be taken out from the middle. Called on the state loop.
 */
final class TransmitQueue {
    private static final int INITIAL_LENGTH = 1024;
    private static final int LENGTH_KEPT_WHEN_EMPTY = 1 << 16;
    private static final int TOMBSTONE = 0;

    private int[] ring = new int[INITIAL_LENGTH];
    private int head;
    private int tail;
    private int size;

    /** Elements in the queue. */
    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds to the tail and returns the position, valid until the element leaves. */
    int add(int element) {
        if (tail - head == ring.length) {
            grow();
        }
        ring[slot(tail)] = element;
        size++;
        return tail++;
    }

    /** Takes the element at the position out. */
    void remove(int position) {
        ring[slot(position)] = TOMBSTONE;
        size--;
        if (size == 0) {
            reset();
        }
    }

    /** Takes the oldest element out; 0 if there is none. */
    int poll() {
        while (head != tail) {
            int element = ring[slot(head++)];
            if (element != TOMBSTONE) {
                size--;
                if (size == 0) {
                    reset();
                }
                return element;
            }
        }
        return 0;
    }

    private void reset() {
        head = tail;
        if (ring.length > LENGTH_KEPT_WHEN_EMPTY) {
            ring = new int[INITIAL_LENGTH];
        }
    }

    private void grow() {
        int[] larger = new int[ring.length * 2];
        for (int position = head; position != tail; position++) {
            larger[position & larger.length - 1] = ring[slot(position)];
        }
        ring = larger;
    }

    private int slot(int position) {
        return position & ring.length - 1;
    }
}
