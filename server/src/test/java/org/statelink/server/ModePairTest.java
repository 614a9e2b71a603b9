/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.statelink.control.ControlRequest;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.kernel.Flows;

/** The modes with both caches, from one kernel to the other. */
class ModePairTest {
    @TempDir
    private Path directory;
    private DaemonPair pair;

    @AfterEach
    void stop() {
        pair.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FTFW {", "NOTRACK {", "ALARM { RefreshTime 5\n CacheTimeout 30"})
    void shouldCarryStatesFromOneKernelToTheOther(String mode) throws Exception {
        pair = new DaemonPair(directory, mode);
        for (int port = 1; port <= 300; port++) {
            pair.kernelOfA.traffic(Flows.tcp(port));
        }
        for (int port = 1; port <= 100; port++) {
            pair.kernelOfA.expire(Flows.tcp(port));
        }

        pair.await(() -> pair.external("b") == 200);
        pair.ask("b", ControlRequest.ALL_COMMIT);

        assertThat(pair.kernelOfB.size()).isEqualTo(200);
        assertThat(pair.internal("b")).isEqualTo(200);
        assertThat(pair.ask("b", ControlRequest.STATS_NETWORK)).contains(
            "\t\tMalformed messages:\t                   0\n",
            "\t\tPackets lost:\t\t                   0\n", "\t\tPackets before:\t\t                   0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FTFW {", "NOTRACK {", "ALARM {"})
    void shouldCommitWithTheTimeoutThatIsConfigured(String mode) throws Exception {
        pair = new DaemonPair(directory, mode + " CommitTimeout 77\n");
        pair.kernelOfA.traffic(Flows.tcp(1));
        pair.await(() -> pair.external("b") == 1);

        pair.ask("b", ControlRequest.ALL_COMMIT);

        assertThat(pair.kernelOfB.flows()).singleElement()
            .satisfies(flow -> assertThat(flow.timeout()).isBetween(70, 77));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FTFW {", "NOTRACK {", "ALARM {"})
    void shouldPurgeAfterTheTimeThatIsConfigured(String mode) throws Exception {
        pair = new DaemonPair(directory, mode + " PurgeTimeout 1\n");
        pair.kernelOfA.traffic(Flows.tcp(1));
        pair.await(() -> pair.internal("a") == 1);

        pair.ask("a", ControlRequest.RESET_TIMERS);
        assertThat(pair.kernelOfA.size()).isEqualTo(1);

        pair.await(() -> pair.kernelOfA.size() == 0 && pair.internal("a") == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FTFW {", "NOTRACK {", "NOTRACK { DisableInternalCache on\n"})
    void shouldAskForEverythingAtTheStart(String mode) throws Exception {
        KernelDouble kernelOfA = new KernelDouble();
        kernelOfA.traffic(Flows.tcp(1));

        pair = new DaemonPair(directory, mode, mode + " StartupResync on\n", kernelOfA);

        pair.await(() -> pair.external("b") == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FTFW {", "NOTRACK {"})
    void shouldTellEverythingWhenAsked(String mode) throws Exception {
        pair = new DaemonPair(directory, mode);
        pair.kernelOfA.traffic(Flows.tcp(1));
        pair.await(() -> pair.external("b") == 1);
        pair.ask("b", ControlRequest.CT_FLUSH_EXT_CACHE);

        pair.ask("b", ControlRequest.REQUEST_DUMP);
        pair.await(() -> pair.external("b") == 1);
        pair.ask("b", ControlRequest.CT_FLUSH_EXT_CACHE);
        pair.ask("a", ControlRequest.SEND_BULK);
        pair.await(() -> pair.external("b") == 1);
    }

    @Test
    void shouldHaveNoResendQueueInNotrack() throws Exception {
        pair = new DaemonPair(directory, "NOTRACK {");

        assertThat(pair.ask("a", ControlRequest.STATS_QUEUE)).contains("queue txqueue:", "queue errorq:")
            .doesNotContain("rsqueue");
        assertThat(pair.ask("a", ControlRequest.STATS_RSQUEUE)).isEmpty();
        assertThat(pair.ask("a", ControlRequest.CT_DUMP_EXTERNAL)).doesNotContain("expires");
    }

    @Test
    void shouldTellAgainAndAgainAndForgetWhatIsNotTold() throws Exception {
        pair = new DaemonPair(directory, "ALARM { RefreshTime 1\n CacheTimeout 4");
        pair.kernelOfA.traffic(Flows.tcp(1));
        pair.await(() -> pair.external("b") == 1);
        assertThat(pair.ask("b", ControlRequest.CT_DUMP_EXTERNAL)).matches(
            "tcp .* sport=1 dport=80 \\[ASSURED\\] (mark=0 )?\\[expires in [34]s\\] \\[active since \\ds\\]\n");
        assertThat(pair.ask("a", ControlRequest.CT_DUMP_INTERNAL)).doesNotContain("expires");

        pair.ask("b", ControlRequest.CT_FLUSH_EXT_CACHE);
        assertThat(pair.external("b")).isZero();
        pair.await(() -> pair.external("b") == 1);

        pair.stopA();
        pair.await(() -> pair.external("b") == 0);
    }

    @Test
    void shouldAskForNothingInAlarm() throws Exception {
        pair = new DaemonPair(directory, "ALARM { RefreshTime 60\n");
        pair.kernelOfA.traffic(Flows.tcp(1));
        pair.await(() -> pair.external("b") == 1);
        String before = pair.ask("b", ControlRequest.STATS_LINK);

        pair.ask("b", ControlRequest.REQUEST_DUMP);
        pair.ask("b", ControlRequest.SEND_BULK);

        assertThat(pair.ask("b", ControlRequest.STATS_LINK)).isEqualTo(before);
    }

    /** What conntrackd was seen to do after a takeover: the new owner's own timers tell of what was committed. */
    @Test
    void shouldTellOfWhatWasCommittedByTheTimersAlone() throws Exception {
        pair = new DaemonPair(directory, "ALARM { RefreshTime 1\n CacheTimeout 30");
        pair.kernelOfA.traffic(Flows.tcp(1));
        pair.await(() -> pair.external("b") == 1);
        assertThat(pair.external("a")).isZero();

        pair.ask("b", ControlRequest.ALL_COMMIT);

        pair.await(() -> pair.external("a") == 1);
    }
}
