/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;

class LossesTest {
    private final SyncCounters counters = new SyncCounters();

    @Test
    void shouldCountWhatTheQueueDroppedAndAPeerAskedFor() {
        Losses losses = new Losses(counters, true);
        counters.add(SyncCounter.RESEND_QUEUE_DROPS, 10);
        assertThat(losses.missedByPeers()).isZero();

        counters.add(SyncCounter.NACKS_UNANSWERED, 4);
        assertThat(losses.missedByPeers()).isEqualTo(4);

        losses.toldAll();
        assertThat(losses.missedByPeers()).isZero();
        counters.add(SyncCounter.NACKS_UNANSWERED, 4);
        assertThat(losses.missedByPeers()).isZero();
    }

    @Test
    void shouldCountAGapOnlyWhereNothingIsSentAgain() {
        Losses repeated = new Losses(counters, true);
        Losses onceOnly = new Losses(counters, false);
        counters.add(SyncCounter.LOST, 5);

        assertThat(repeated.missedHere()).isZero();
        assertThat(onceOnly.missedHere()).isEqualTo(5);
        onceOnly.askedForAll();
        assertThat(onceOnly.missedHere()).isZero();
    }
}
