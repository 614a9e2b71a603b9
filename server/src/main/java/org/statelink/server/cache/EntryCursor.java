/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/**
 * A place in an iteration over a cache, which may change between the steps: what stays in it from the first step to
 * the last is met exactly once; what comes or goes meanwhile may be met or not. Reused; used on the state loop only.
 */
public final class EntryCursor {
    private int next = 1;
    // The refs below it existed when the iteration began; without it new entries could keep an iteration from ending.
    private int end;

    /** Goes back to the beginning. */
    public void rewind() {
        next = 1;
        end = 0;
    }

    void begin(int tableEnd) {
        if (end == 0) {
            end = tableEnd;
        }
    }

    boolean hasNext() {
        return next < end;
    }

    int peek() {
        return next;
    }

    void advance() {
        next++;
    }
}
