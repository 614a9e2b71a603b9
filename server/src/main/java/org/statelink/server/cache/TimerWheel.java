/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.util.Arrays;

/**
 * Refs by the tick at which they are to be looked at: a ring of lists that run through one int per ref. Ticks beyond
 * the ring are looked at when it has come round, earlier than asked for. Adding and taking cost the same for any number
 * of refs. Not thread safe.
 */
final class TimerWheel {
    /** Ticks of a turn. */
    static final int SLOTS = 1024;
    private static final int PAGE_SHIFT = 14;
    private static final int PAGE = 1 << PAGE_SHIFT;

    private final int[] heads = new int[SLOTS];
    // The ref that follows a ref in its list. Pages, so that growing copies next to nothing.
    private int[][] next = new int[0][];
    private int reached;
    private int current;

    /** Adds a ref, which is in no list, to be looked at at the tick, or as soon as possible if that has passed. */
    void add(int ref, int tick) {
        int distance = Math.clamp((long) tick - reached, 1, SLOTS);
        int slot = reached + distance & SLOTS - 1;
        setNext(ref, heads[slot]);
        heads[slot] = ref;
    }

    /** Takes out a ref whose tick is not after {@code now}; 0 if there is none. */
    int poll(int now) {
        reached = Math.max(reached, now - SLOTS);
        while (current == 0 && reached < now) {
            reached++;
            current = heads[reached & SLOTS - 1];
            heads[reached & SLOTS - 1] = 0;
        }
        int ref = current;
        if (ref != 0) {
            current = next[ref >> PAGE_SHIFT][ref & PAGE - 1];
        }
        return ref;
    }

    private void setNext(int ref, int follower) {
        int page = ref >> PAGE_SHIFT;
        if (page >= next.length) {
            next = Arrays.copyOf(next, Math.max(page + 1, next.length * 2));
        }
        if (next[page] == null) {
            next[page] = new int[PAGE];
        }
        next[page][ref & PAGE - 1] = follower;
    }
}
