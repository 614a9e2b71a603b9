/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.statelink.conntrack.Conntrack;

/**
 * Some flows that the kernel is asked to delete, and whether it did, which it tells in their order. The kernel loop
 * makes and fills it, then it belongs to the state loop.
 */
final class DeletedPage {
    private static final int FLOWS = 128;

    private final Conntrack[] flows = new Conntrack[FLOWS];
    private final boolean[] deleted = new boolean[FLOWS];
    private long moment;
    private int size;
    private int answered;

    DeletedPage() {
        for (int i = 0; i < FLOWS; i++) {
            flows[i] = new Conntrack();
        }
    }

    /** Empties the page; what is heard of a flow after this moment may be newer than its deletion. */
    void begin(long since) {
        moment = since;
        size = 0;
        answered = 0;
    }

    /** Copies a flow to a page that is not full. */
    void add(Conntrack flow) {
        flows[size++].set(flow);
    }

    boolean isFull() {
        return size == FLOWS;
    }

    /** What the kernel answered for the next flow. */
    void answer(boolean isDeleted) {
        deleted[answered++] = isDeleted;
    }

    boolean isAnswered() {
        return answered == size;
    }

    int size() {
        return size;
    }

    long moment() {
        return moment;
    }

    Conntrack flow(int index) {
        return flows[index];
    }

    boolean isDeleted(int index) {
        return deleted[index];
    }
}
