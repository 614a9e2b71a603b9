/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/**
 * A place in an iteration over a cache, which may change between the steps: what stays in it from the first step to
 * the last is met exactly once; what comes or goes meanwhile may be met or not. Reused; used on the state loop only.
 */
public final class EntryCursor {
    private final int step;
    private boolean begun;
    private int next;
    // The refs up to it existed when the iteration began; without it new entries could keep an iteration from ending.
    private int end;

    /** An iteration that begins with the entry that came first, as far as no place was used again. */
    public EntryCursor() {
        this(1);
    }

    private EntryCursor(int step) {
        this.step = step;
    }

    /** An iteration that begins with the entry that came last, as far as no place was used again. */
    public static EntryCursor newestFirst() {
        return new EntryCursor(-1);
    }

    /** Goes back to the beginning. */
    public void rewind() {
        begun = false;
    }

    void begin(int tableEnd) {
        if (!begun) {
            begun = true;
            next = step > 0 ? 1 : tableEnd - 1;
            end = step > 0 ? tableEnd : 0;
        }
    }

    boolean hasNext() {
        return next != end;
    }

    int peek() {
        return next;
    }

    void advance() {
        next += step;
    }
}
