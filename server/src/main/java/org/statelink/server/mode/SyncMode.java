/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import org.statelink.server.kernel.FlowEvents;
import org.statelink.sync.session.SessionListener;

/**
 * A way of keeping several firewalls' states equal: what becomes of the kernel's events and of what the peers say. On
 * the state loop.
 */
public interface SyncMode extends FlowEvents, SessionListener {
    /** Begins what the mode does by itself; the session has started. */
    default void start() {
    }

    /** Tells the peers of every flow: conntrackd's {@code -B}. */
    void sendBulk();

    /** Asks the peers for every flow: conntrackd's {@code -n}. */
    void requestResync();

    /** Ends what the mode does by itself. */
    default void close() {
    }
}
