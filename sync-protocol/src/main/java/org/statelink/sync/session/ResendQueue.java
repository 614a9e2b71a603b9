/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import java.util.function.IntPredicate;
import org.statelink.sync.protocol.SequenceNumber;

/**
 * What was sent and is not acknowledged yet, in ascending order of sequence numbers. An element is an int other than 0;
 * for each there is a mask of the peers that have yet to acknowledge it. The capacity counts elements that wait, as
 * {@code ResendQueueSize} does; the oldest is dropped to make room.
 *
 * <p>A ring ordered by number, with tombstones; where the numbers run without holes, which is the rule, a number is
 * found at once, otherwise by bisection. Called on the state loop. Source: docs of conntrackd's modes, sections 2.2
 * and 2.5.
 */
final class ResendQueue {
    private static final int INITIAL_LENGTH = 256;
    private static final int TOMBSTONE = 0;

    /** Receives the elements that leave, in ascending order of their numbers. */
    interface Sink {
        void take(int element);
    }

    /** Is shown the elements, in ascending order of their numbers. */
    interface Visitor {
        void visit(int sequence, int element);
    }

    private int capacity;
    /** More than the capacity after that was lowered, until what waited then is acknowledged. */
    private int limit;
    private int[] sequences = new int[INITIAL_LENGTH];
    private int[] elements = new int[INITIAL_LENGTH];
    private short[] pending = new short[INITIAL_LENGTH];
    private int head;
    private int tail;
    private int size;

    ResendQueue(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity);
        }
        this.capacity = capacity;
        limit = capacity;
    }

    /**
     * Another capacity. What waits stays until it is acknowledged, even if it is more; there is then room for an
     * eighth on top of it, so that control messages do not push it out.
     */
    void setCapacity(int newCapacity) {
        if (newCapacity < 1) {
            throw new IllegalArgumentException("capacity " + newCapacity);
        }
        capacity = newCapacity;
        limit = Math.max(capacity, withSlack());
    }

    private int withSlack() {
        return size + (size >> 3);
    }

    /** Elements that wait. */
    int size() {
        return size;
    }

    /** Most elements that may wait. */
    int capacity() {
        return capacity;
    }

    /**
     * Adds an element that was sent with the number, which is after all others. {@code peers} is the mask of those
     * that have to acknowledge it. Returns whether the oldest element had to go to {@code dropped}.
     */
    boolean append(int sequence, int element, int peers, Sink dropped) {
        if (limit > capacity) {
            limit = Math.max(capacity, Math.min(limit, withSlack()));
        }
        boolean full = size >= limit;
        if (full) {
            dropOldest(dropped);
        }
        if (tail - head == sequences.length) {
            makeRoom();
        }
        int slot = slot(tail++);
        sequences[slot] = sequence;
        elements[slot] = element;
        pending[slot] = (short) peers;
        size++;
        return full;
    }

    /** Takes out the element with the number; 0 if there is none. */
    int remove(int sequence) {
        int index = find(sequence);
        if (index == tail || sequences[slot(index)] != sequence) {
            return 0;
        }
        int element = clear(index);
        trim();
        return element;
    }

    /**
     * The peer acknowledges a range, both ends included: elements that now wait for nobody leave. Returns how many
     * leave.
     */
    int acknowledge(int from, int to, int peer, Sink released) {
        int before = size;
        int index = find(from);
        while (index != tail && !SequenceNumber.isAfter(sequences[slot(index)], to)) {
            acknowledgeAt(index++, peer, released);
        }
        trim();
        return before - size;
    }

    /** The peer waits for nothing that was sent with the number {@code from} or later: as if it acknowledged it. */
    void settle(int from, int peer, Sink released) {
        for (int index = find(from); index != tail; index++) {
            acknowledgeAt(index, peer, released);
        }
        trim();
    }

    /** Takes out all elements of a range, both ends included. Returns how many. */
    int take(int from, int to, Sink taken) {
        return take(from, to, ResendQueue::isElement, taken);
    }

    /** Takes out the wanted elements of a range, both ends included. Returns how many. */
    int take(int from, int to, IntPredicate wanted, Sink taken) {
        int before = size;
        int index = find(from);
        while (index != tail && !SequenceNumber.isAfter(sequences[slot(index)], to)) {
            int element = elements[slot(index)];
            if (isElement(element) && wanted.test(element)) {
                clear(index);
                taken.take(element);
            }
            index++;
        }
        trim();
        return before - size;
    }

    /** Number of the oldest element. Only if there is one. */
    int oldest() {
        return sequences[slot(head)];
    }

    void forEach(Visitor visitor) {
        for (int index = head; index != tail; index++) {
            if (elements[slot(index)] != TOMBSTONE) {
                visitor.visit(sequences[slot(index)], elements[slot(index)]);
            }
        }
    }

    private static boolean isElement(int slotContent) {
        return slotContent != TOMBSTONE;
    }

    private void acknowledgeAt(int index, int peer, Sink released) {
        int slot = slot(index);
        pending[slot] &= (short) ~peer;
        if (pending[slot] == 0 && elements[slot] != TOMBSTONE) {
            released.take(clear(index));
        }
    }

    private void dropOldest(Sink dropped) {
        int element = clear(head);
        trim();
        dropped.take(element);
    }

    private int clear(int index) {
        int element = elements[slot(index)];
        if (element != TOMBSTONE) {
            elements[slot(index)] = TOMBSTONE;
            size--;
        }
        return element;
    }

    /** Keeps the head on an element. */
    private void trim() {
        while (head != tail && elements[slot(head)] == TOMBSTONE) {
            head++;
        }
    }

    /** Index of the first entry whose number is not before the given one; the tail if there is none. */
    private int find(int sequence) {
        if (head == tail || !SequenceNumber.isBefore(sequences[slot(head)], sequence)) {
            return head;
        }
        int low = head;
        int high = tail;
        int distance = SequenceNumber.distance(sequences[slot(head)], sequence);
        if (distance < tail - head) {
            // numbers ascend by one or more, so the entry cannot be further on than this
            if (sequences[slot(head + distance)] == sequence) {
                return head + distance;
            }
            high = head + distance;
        }
        while (low != high) {
            int middle = low + (high - low >>> 1);
            if (SequenceNumber.isBefore(sequences[slot(middle)], sequence)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Squeezes the tombstones out, into larger arrays if there are few of them. */
    private void makeRoom() {
        int length = size > sequences.length / 2 ? sequences.length * 2 : sequences.length;
        int[] newSequences = new int[length];
        int[] newElements = new int[length];
        short[] newPending = new short[length];
        int count = 0;
        for (int index = head; index != tail; index++) {
            int slot = slot(index);
            if (elements[slot] != TOMBSTONE) {
                newSequences[count] = sequences[slot];
                newElements[count] = elements[slot];
                newPending[count++] = pending[slot];
            }
        }
        sequences = newSequences;
        elements = newElements;
        pending = newPending;
        head = 0;
        tail = count;
    }

    private int slot(int index) {
        return index & sequences.length - 1;
    }
}
