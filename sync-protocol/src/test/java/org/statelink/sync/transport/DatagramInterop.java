/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.statelink.sync.protocol.SyncCounter;

/** Debian's conntrackd over datagrams, some of which are lost. Needs root. */
public abstract class DatagramInterop extends ConntrackdInterop {
    @Test
    void shouldSendAgainWhatConntrackdMissed() {
        startConntrackd();
        awaitConversation();
        NamespacePair.run(NamespacePair.in(NamespacePair.B, "nft",
            "add table inet ut; add chain inet ut in { type filter hook input priority 0; }; "
            + "add rule inet ut in udp dport 3780 numgen random mod 100 < 20 drop"));
        Random random = new Random(2);
        for (int round = 0; round < 20; round++) {
            churn(random, 200);
            parkMillis(20);
        }
        NamespacePair.run(NamespacePair.in(NamespacePair.B, "nft", "flush chain inet ut in"));

        LiveNode.await(() -> conntrackdExternal().equals(table()));
        assertThat(count(SyncCounter.STATES_RESENT)).isPositive();
    }
}
