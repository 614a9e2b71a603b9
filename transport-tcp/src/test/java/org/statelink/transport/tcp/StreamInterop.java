/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.transport.ConntrackdInterop;
import org.statelink.sync.transport.LiveNode;
import org.statelink.sync.transport.SyncTransportProvider;

/** Debian's conntrackd over TCP, which comes late or goes and comes again. */
abstract class StreamInterop extends ConntrackdInterop {
    private static final int LATE_MILLIS = 5000;

    @Override
    protected final SyncTransportProvider provider() {
        return new TcpTransportProvider();
    }

    @Test
    void shouldLoseNothingWhenConntrackdComesLate() {
        Random random = new Random(3);
        for (int round = 0; round < 50; round++) {
            churn(random, 100);
            parkMillis(LATE_MILLIS / 50);
        }

        startConntrackd();

        LiveNode.await(() -> conntrackdExternal().equals(table()));
        assertThat(table()).hasSizeGreaterThan(1000);
        assertThat(count(SyncCounter.NACKS_RECEIVED)).as("nothing was missed").isZero();
        assertThat(ask("-s")).contains("server=connected client=connected");
    }

    @Test
    void shouldTalkToAConntrackdThatWasRestarted() {
        startConntrackd();
        awaitConversation();
        Random random = new Random(4);
        churn(random, 400);
        LiveNode.await(() -> conntrackdExternal().equals(table()));
        stopConntrackd();
        churn(random, 10);
        startConntrackd();
        // what went into the connection as it died is lost, and a peer that greets anew does not ask for it
        LiveNode.await(() -> {
            churn(random, 1);
            return !conntrackdExternal().isEmpty();
        });
        churn(random, 400);

        LiveNode.await(() -> table().entrySet().containsAll(conntrackdExternal().entrySet()));
        assertThat(ask("-s", "network")).contains("Malformed messages:\t                   0");
    }
}
