/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.statelink.conntrack.Conntrack;
import org.statelink.control.ControlRequest;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.kernel.Flows;

/** The options that do without a cache: the kernel's events straight to the peers, theirs straight into the kernel. */
class CachelessPairTest {
    private static final String INJECT = "{ DisableExternalCache on\n";
    private static final String BYPASS = "NOTRACK { DisableInternalCache on\n";

    @TempDir
    private Path directory;
    private DaemonPair pair;

    @AfterEach
    void stop() {
        pair.close();
    }

    @ParameterizedTest
    @CsvSource({"FTFW {,FTFW {}", "NOTRACK {,NOTRACK {}", "NOTRACK { DisableInternalCache on,NOTRACK {}",
        "NOTRACK { DisableInternalCache on,NOTRACK { DisableInternalCache on}"})
    void shouldPutWhatThePeerTellsIntoTheKernelAtOnce(String modeOfA, String modeOfB) throws Exception {
        pair = new DaemonPair(directory, modeOfA + "\n",
            modeOfB.substring(0, modeOfB.length() - 1) + "\n DisableExternalCache on\n", new KernelDouble());
        for (int port = 1; port <= 300; port++) {
            pair.kernelOfA.traffic(Flows.tcp(port));
        }
        Conntrack marked = Flows.tcp(300);
        marked.setMark(5);
        pair.kernelOfA.traffic(marked);
        for (int port = 1; port <= 100; port++) {
            pair.kernelOfA.expire(Flows.tcp(port));
        }

        pair.await(() -> pair.kernelOfB.size() == 200
            && pair.kernelOfB.flows().stream().anyMatch(flow -> flow.mark() == 5));

        assertThat(pair.external("b")).isZero();
        assertThat(pair.ask("b", ControlRequest.STATS)).contains("external inject:\n").doesNotContain("cache external")
            .containsPattern("connections created:\t\t +\\d+\tfailed:\t           0\n")
            .containsPattern(" 0 Malformed msgs +0 Lost msgs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FTFW ", "NOTRACK "})
    void shouldNotNoteOwnInjections(String mode) throws Exception {
        pair = new DaemonPair(directory, mode + INJECT);
        pair.kernelOfA.traffic(Flows.tcp(1));
        pair.await(() -> pair.kernelOfB.size() == 1);
        // an own flow, so that the events before have been read
        pair.kernelOfB.traffic(Flows.tcp(2));
        pair.await(() -> pair.internal("b") > 0 && pair.kernelOfA.size() == 2);

        assertThat(pair.ask("b", ControlRequest.CT_DUMP_INTERNAL)).contains("sport=2 ").doesNotContain("sport=1 ");
        assertThat(pair.internal("a")).isEqualTo(1);
    }

    @Test
    void shouldEndACommitAtOnce() throws Exception {
        pair = new DaemonPair(directory, "NOTRACK " + INJECT);

        assertThat(pair.ask("b", ControlRequest.ALL_COMMIT)).isEmpty();
        assertThat(pair.ask("b", ControlRequest.CT_FLUSH_CACHE)).isEmpty();
        assertThat(pair.ask("b", ControlRequest.STATS_CACHE)).contains("cache:internal", "external inject:");
    }

    @Test
    void shouldTellEventsWithoutACache() throws Exception {
        pair = new DaemonPair(directory, BYPASS);
        Conntrack changed = Flows.tcp(1);
        changed.setMark(7);
        pair.kernelOfA.traffic(Flows.tcp(1));
        pair.kernelOfA.traffic(Flows.tcp(2));
        pair.kernelOfA.traffic(changed);
        pair.kernelOfA.expire(Flows.tcp(2));

        pair.await(() -> pair.ask("b", ControlRequest.CT_DUMP_EXTERNAL).contains("mark=7"));

        pair.await(() -> pair.external("b") == 1);
        assertThat(pair.ask("a", ControlRequest.STATS)).startsWith("""
            internal bypass:
            connections new:\t\t           2
            connections updated:\t\t           1
            connections destroyed:\t\t           1

            cache external:
            """);
    }

    @Test
    void shouldNotTellOfItsOwnDoings() throws Exception {
        pair = new DaemonPair(directory, BYPASS);
        pair.kernelOfA.traffic(Flows.tcp(1));
        pair.await(() -> pair.external("b") == 1);

        pair.ask("b", ControlRequest.ALL_COMMIT);
        pair.kernelOfB.traffic(Flows.tcp(2));

        pair.await(() -> pair.external("a") == 1);
        assertThat(pair.ask("a", ControlRequest.CT_DUMP_EXTERNAL)).contains("sport=2 ");
    }

    @Test
    void shouldTellTheWholeKernelWhenAsked() throws Exception {
        pair = new DaemonPair(directory, BYPASS);
        for (int port = 1; port <= 2_000; port++) {
            pair.kernelOfA.traffic(Flows.tcp(port));
        }
        pair.await(() -> pair.external("b") == 2_000);
        pair.ask("b", ControlRequest.CT_FLUSH_EXT_CACHE);
        assertThat(pair.external("b")).isZero();

        pair.ask("b", ControlRequest.REQUEST_DUMP);
        pair.await(() -> pair.external("b") == 2_000);

        pair.ask("b", ControlRequest.CT_FLUSH_EXT_CACHE);
        pair.ask("a", ControlRequest.SEND_BULK);
        pair.await(() -> pair.external("b") == 2_000);
        assertThat(pair.ask("a", ControlRequest.STATS)).contains("connections new:\t\t        2000\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CT_DUMP_INTERNAL", "CT_DUMP_INT_XML"})
    void shouldShowTheKernelInsteadOfACache(String request) throws Exception {
        pair = new DaemonPair(directory, BYPASS);
        for (int port = 1; port <= 3_000; port++) {
            pair.kernelOfA.traffic(Flows.tcp(port));
        }

        String shown = pair.ask("a", ControlRequest.valueOf(request));

        assertThat(shown.lines()).hasSize(3_000).allSatisfy(line -> assertThat(line).containsPattern(
            "^tcp      6 (29\\d|300) ESTABLISHED src=198.51.100.34 dst=198.51.100.50 sport=\\d+ dport=80 "
                + "(packets=\\d+ bytes=\\d+ )?src=198.51.100.50 dst=198.51.100.34 sport=80 ")
            .doesNotContain("active since"));
    }

    @Test
    void shouldDeleteTheKernelsFlowsInsteadOfACache() throws Exception {
        pair = new DaemonPair(directory, BYPASS);
        Conntrack local = Flows.tcp(2);
        local.original().setIpv4(0x7f000001, 0x7f000001);
        pair.kernelOfA.traffic(local);
        pair.kernelOfA.traffic(Flows.tcp(1));
        pair.await(() -> pair.external("b") == 1);

        pair.ask("a", ControlRequest.CT_FLUSH_INT_CACHE);

        pair.await(() -> pair.kernelOfA.size() == 1);
        assertThat(pair.kernelOfA.flows().getFirst().original()).isEqualTo(local.original());
        assertThat(pair.external("b")).as("nobody is told").isEqualTo(1);
    }

    @Test
    void shouldNotReadTheKernelIntoACacheThatIsNotThere() throws Exception {
        pair = new DaemonPair(directory, BYPASS);
        pair.kernelOfA.traffic(Flows.tcp(1));
        pair.await(() -> pair.external("b") == 1);

        assertThat(pair.ask("a", ControlRequest.ALL_RESYNC_MASTER)).isEmpty();

        assertThat(pair.ask("a", ControlRequest.STATS_RUNTIME)).contains("resync with kernel table:\t           0\n");
    }
}
