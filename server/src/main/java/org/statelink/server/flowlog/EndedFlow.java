/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import org.statelink.conntrack.Conntrack;

/** A flow that ended, on its way to the log. Reused. */
final class EndedFlow {
    private final Conntrack flow = new Conntrack();
    private EndReason reason = EndReason.EXPIRED;
    private long endedMillis;

    /** Copies. */
    void set(Conntrack ended, EndReason why, long millis) {
        flow.set(ended);
        reason = why;
        endedMillis = millis;
    }

    /** What is known of it, its last counters and times among it. */
    Conntrack flow() {
        return flow;
    }

    /** Why it ended. */
    EndReason reason() {
        return reason;
    }

    /** When the daemon heard of it, in milliseconds since the epoch. */
    long endedMillis() {
        return endedMillis;
    }
}
