/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import java.util.Arrays;

/**
 * The control messages that wait in a queue. In the queues each is one element, a negative int; what it says is here.
 * Called on the state loop.
 */
final class ControlTable {
    private static final int INITIAL_LENGTH = 16;

    private int[] flags = new int[INITIAL_LENGTH];
    private int[] from = new int[INITIAL_LENGTH];
    private int[] to = new int[INITIAL_LENGTH];
    private int[] free = new int[INITIAL_LENGTH];
    private int freeCount;
    private int used;

    /** Control messages alive. */
    int size() {
        return used - freeCount;
    }

    /** Whether the element of a queue is a control message. */
    static boolean isControl(int element) {
        return element < 0;
    }

    /** Whether the element of a queue is an object. */
    static boolean isObject(int element) {
        return element > 0;
    }

    /** Keeps a control message and returns its element. */
    int add(int messageFlags, int first, int last) {
        int index = freeCount > 0 ? free[--freeCount] : allocate();
        flags[index] = messageFlags;
        from[index] = first;
        to[index] = last;
        return ~index;
    }

    /** Lets go of an element that is in no queue any more. */
    void release(int element) {
        free[freeCount++] = ~element;
    }

    int flags(int element) {
        return flags[~element];
    }

    int from(int element) {
        return from[~element];
    }

    int to(int element) {
        return to[~element];
    }

    void setFlags(int element, int messageFlags) {
        flags[~element] = messageFlags;
    }

    private int allocate() {
        if (used == flags.length) {
            int length = used * 2;
            flags = Arrays.copyOf(flags, length);
            from = Arrays.copyOf(from, length);
            to = Arrays.copyOf(to, length);
            free = Arrays.copyOf(free, length);
        }
        return used++;
    }
}
