/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Orders to become primary or backup, one after the other. Where a cluster manager changes its mind within a moment,
 * the last order has to win: a promotion ends with emptying the external cache, which must not happen to what a
 * demotion asked the peers for meanwhile. On the state loop.
 */
final class RoleOrders {
    private final ArrayDeque<Consumer<Runnable>> waiting = new ArrayDeque<>();
    private boolean busy;

    /** Carries out an order after those before it. It is given what it has to run once, at its end. */
    void give(Consumer<Runnable> order) {
        waiting.add(order);
        next();
    }

    private void next() {
        if (!busy && !waiting.isEmpty()) {
            busy = true;
            waiting.poll().accept(this::end);
        }
    }

    private void end() {
        busy = false;
        next();
    }
}
