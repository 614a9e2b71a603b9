/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import org.statelink.sync.protocol.MessageFlags;

/**
 * Greetings: every message says HELLO until somebody greeted back, and the next message after a HELLO was received
 * greets back. Source: docs of conntrackd's modes, sections 2.2 and 2.4.
 */
final class HelloState {
    /** How far the greeting has come. */
    enum Phase { INIT, SAY, DONE }

    private Phase phase = Phase.INIT;
    private boolean backDue;

    Phase phase() {
        return phase;
    }

    /** Flags for the message about to be sent; what was due once is no longer due. */
    int nextFlags() {
        int flags = backDue ? MessageFlags.HELLO_BACK : 0;
        backDue = false;
        if (phase == Phase.DONE) {
            return flags;
        }
        phase = Phase.SAY;
        return flags | MessageFlags.HELLO;
    }

    /** A peer said HELLO. */
    void greeted() {
        backDue = true;
    }

    /** Those who have to greet back did so; of no effect before anything was sent. */
    void answered() {
        if (phase == Phase.SAY) {
            phase = Phase.DONE;
        }
    }
}
