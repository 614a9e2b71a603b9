/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;

/**
 * What this node and its peers are known to miss of each other, since everything was told last. On the state loop.
 *
 * <p>What is lost on the way and sent again is no loss. An element counts as missed by a peer if it left the resend
 * queue unacknowledged and a peer asked for more than the queue still had.
 */
public final class Losses {
    private final SyncCounters counters;
    private final boolean sentAgain;
    private long dropsBefore;
    private long unansweredBefore;
    private long lostBefore;

    /** Nothing yet; {@code sentAgain} tells whether peers send again what this node did not receive. */
    public Losses(SyncCounters counters, boolean sentAgain) {
        this.counters = counters;
        this.sentAgain = sentAgain;
    }

    /** The peers are being told everything. */
    void toldAll() {
        dropsBefore = counters.get(SyncCounter.RESEND_QUEUE_DROPS);
        unansweredBefore = counters.get(SyncCounter.NACKS_UNANSWERED);
    }

    /** The peers were asked for everything. */
    void askedForAll() {
        lostBefore = counters.get(SyncCounter.LOST);
    }

    /** States that a peer misses, at most. */
    public long missedByPeers() {
        return Math.min(counters.get(SyncCounter.RESEND_QUEUE_DROPS) - dropsBefore,
            counters.get(SyncCounter.NACKS_UNANSWERED) - unansweredBefore);
    }

    /** States of the peers that this node misses, at most. */
    public long missedHere() {
        return sentAgain ? 0 : counters.get(SyncCounter.LOST) - lostBefore;
    }
}
