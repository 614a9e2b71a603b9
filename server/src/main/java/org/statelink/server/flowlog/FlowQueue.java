/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import java.util.concurrent.atomic.AtomicLong;
import org.statelink.conntrack.Conntrack;

/**
 * A bounded queue of flows between two threads: one adds, another takes. Its places are made when they are first used,
 * and kept, so that it allocates nothing in the end.
 */
final class FlowQueue {
    private final EndedFlow[] places;
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong removed = new AtomicLong();

    FlowQueue(int capacity) {
        places = new EndedFlow[capacity];
    }

    /** Adds a copy; false if the queue is full. On the one thread. */
    boolean add(Conntrack flow, EndReason reason, long millis) {
        long position = added.getPlain();
        if (position - removed.getAcquire() == places.length) {
            return false;
        }
        int index = (int) (position % places.length);
        if (places[index] == null) {
            places[index] = new EndedFlow();
        }
        places[index].set(flow, reason, millis);
        added.setRelease(position + 1);
        return true;
    }

    /** The oldest, which stays in the queue; null if there is none. On the other thread. */
    EndedFlow peek() {
        long position = removed.getPlain();
        return position == added.getAcquire() ? null : places[(int) (position % places.length)];
    }

    /** Removes the oldest. On the other thread. */
    void remove() {
        removed.setRelease(removed.getPlain() + 1);
    }

    /** Flows in it, about. Any thread. */
    int size() {
        long taken = removed.getAcquire();
        return (int) (added.getAcquire() - taken);
    }
}
