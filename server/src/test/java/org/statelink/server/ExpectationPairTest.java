/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.control.ControlRequest;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.kernel.Expectations;

/** Two daemons in one process that tell each other of expectations. */
class ExpectationPairTest {
    private static final String SYNC = "FTFW { }\nOptions {\nExpectationSync on\n";

    @TempDir
    private Path directory;
    private DaemonPair pair;

    @AfterEach
    void close() {
        pair.close();
    }

    private void start(String mode) throws Exception {
        pair = new DaemonPair(directory, mode);
    }

    private static Conntrack control(int port) {
        return Expectations.master(port, "ftp");
    }

    private void expect(int port) {
        assertThat(pair.kernelOfA.expect(Expectations.of(port, 20_000 + port))).isZero();
    }

    private long count(String name, ControlRequest request) {
        return pair.ask(name, request).lines().count();
    }

    @Test
    void shouldCarryExpectationsFromOneKernelToTheOther() throws Exception {
        start(SYNC);
        for (int port = 1; port <= 20; port++) {
            pair.kernelOfA.traffic(control(port));
            expect(port);
        }
        pair.kernelOfA.expire(control(20));
        pair.await(() -> count("b", ControlRequest.EXP_DUMP_EXTERNAL) == 19);
        assertThat(count("a", ControlRequest.EXP_DUMP_INTERNAL)).isEqualTo(19);
        assertThat(pair.ask("b", ControlRequest.EXP_DUMP_EXTERNAL)).contains("proto=6 src=198.51.100.50 "
            + "dst=198.51.100.34 sport=0 dport=20001 mask-src=255.255.255.255 mask-dst=255.255.255.255 sport=0 "
            + "dport=65535 master-src=198.51.100.34 master-dst=198.51.100.50 sport=1 dport=80 class=0 helper=ftp "
            + "[active since ");
        assertThat(pair.ask("b", ControlRequest.EXP_DUMP_EXT_XML)).contains("<helper-name>ftp</helper-name>"
            + "<class>0</class></meta></flow>\n");
        assertThat(pair.ask("b", ControlRequest.EXP_STATS)).contains("cache external:\n"
            + "current active connections:\t          19\n");

        pair.ask("b", ControlRequest.ALL_COMMIT);

        assertThat(pair.kernelOfB.size()).isEqualTo(19);
        assertThat(pair.kernelOfB.expectations()).hasSize(19);
        pair.await(() -> count("b", ControlRequest.EXP_DUMP_INTERNAL) == 19);
        assertThat(count("a", ControlRequest.EXP_DUMP_EXTERNAL)).as("what it committed is its peer's own").isZero();
    }

    @Test
    void shouldCommitEachTableByItself() throws Exception {
        start(SYNC);
        pair.kernelOfA.traffic(control(1));
        expect(1);
        pair.await(() -> count("b", ControlRequest.EXP_DUMP_EXTERNAL) == 1);
        pair.ask("b", ControlRequest.EXP_COMMIT);
        assertThat(pair.kernelOfB.expectations()).as("the master is not there").isEmpty();
        pair.ask("b", ControlRequest.CT_COMMIT);
        assertThat(pair.kernelOfB.expectations()).isEmpty();
        pair.ask("b", ControlRequest.EXP_COMMIT);
        assertThat(pair.kernelOfB.expectations()).hasSize(1);
    }

    @Test
    void shouldTellOfTheEndWhenTheExpectedFlowComes() throws Exception {
        start(SYNC);
        pair.kernelOfA.traffic(control(1));
        expect(1);
        pair.await(() -> count("b", ControlRequest.EXP_DUMP_EXTERNAL) == 1);
        Conntrack data = control(1);
        data.original().setInverse(control(1).original());
        data.original().setPorts(20, 20_001);
        pair.kernelOfA.traffic(data);
        pair.await(() -> count("b", ControlRequest.EXP_DUMP_EXTERNAL) == 0 && pair.external("b") == 2);
        pair.ask("b", ControlRequest.ALL_COMMIT);
        assertThat(pair.kernelOfB.flows()).filteredOn(flow -> flow.master().isSet()).hasSize(1);
    }

    @Test
    void shouldKnowWhatWasExpectedBeforeTheStartAndTellItWhenAsked() throws Exception {
        KernelDouble kernel = new KernelDouble();
        kernel.traffic(control(1));
        kernel.expect(Expectations.of(1, 20_001));
        pair = new DaemonPair(directory, SYNC, SYNC, kernel);
        assertThat(count("a", ControlRequest.EXP_DUMP_INTERNAL)).isOne();
        assertThat(count("b", ControlRequest.EXP_DUMP_EXTERNAL)).isZero();
        pair.ask("b", ControlRequest.REQUEST_DUMP);
        pair.await(() -> count("b", ControlRequest.EXP_DUMP_EXTERNAL) == 1);
        pair.ask("b", ControlRequest.CT_FLUSH_CACHE);
        assertThat(count("b", ControlRequest.EXP_DUMP_EXTERNAL)).isOne();
        pair.ask("b", ControlRequest.ALL_FLUSH_CACHE);
        assertThat(count("b", ControlRequest.EXP_DUMP_EXTERNAL)).isZero();
    }

    @Test
    void shouldRepairExpectationsAfterAnOverrun() throws Exception {
        start(SYNC);
        for (int port = 1; port <= 3; port++) {
            pair.kernelOfA.traffic(control(port));
        }
        expect(1);
        pair.await(() -> count("b", ControlRequest.EXP_DUMP_EXTERNAL) == 1);
        pair.kernelOfA.overrun();
        pair.kernelOfA.expire(control(1));
        expect(2);
        expect(3);
        pair.await(() -> pair.ask("b", ControlRequest.EXP_DUMP_EXTERNAL).contains("dport=20003 ")
            && count("b", ControlRequest.EXP_DUMP_EXTERNAL) == 2);
    }

    @Test
    void shouldFlushAndReadTheKernelsExpectations() throws Exception {
        start(SYNC);
        pair.kernelOfA.traffic(control(1));
        expect(1);
        pair.await(() -> count("b", ControlRequest.EXP_DUMP_EXTERNAL) == 1);
        pair.ask("a", ControlRequest.ALL_RESYNC_MASTER);
        assertThat(pair.ask("a", ControlRequest.EXP_STATS)).contains("connections updated:\t\t           1\t");
        pair.ask("a", ControlRequest.EXP_FLUSH_MASTER);
        assertThat(pair.kernelOfA.expectations()).isEmpty();
        assertThat(pair.kernelOfA.size()).isOne();
        pair.await(() -> count("a", ControlRequest.EXP_DUMP_INTERNAL) == 0);
        assertThat(count("b", ControlRequest.EXP_DUMP_EXTERNAL)).as("the peer is not told").isOne();
    }

    @Test
    void shouldTellOfTheListedHelpersOnly() throws Exception {
        start("FTFW { }\nOptions {\nExpectationSync { sip }\n");
        Conntrack sip = Expectations.master(2, "sip");
        pair.kernelOfA.traffic(control(1));
        pair.kernelOfA.traffic(sip);
        expect(1);
        Expectation expectation = Expectations.of(sip, 7000);
        assertThat(pair.kernelOfA.expect(expectation)).isZero();
        pair.await(() -> count("b", ControlRequest.EXP_DUMP_EXTERNAL) == 1);
        assertThat(pair.ask("b", ControlRequest.EXP_DUMP_EXTERNAL)).contains("helper=sip");
        assertThat(count("a", ControlRequest.EXP_DUMP_INTERNAL)).isOne();
    }

    @Test
    void shouldAnswerNothingAboutExpectationsUnlessConfigured() throws Exception {
        start("FTFW {");
        pair.kernelOfA.traffic(control(1));
        expect(1);
        pair.await(() -> pair.external("b") == 1);
        assertThat(pair.ask("b", ControlRequest.EXP_STATS)).isEmpty();
        assertThat(pair.ask("b", ControlRequest.EXP_DUMP_EXTERNAL)).isEmpty();
        pair.ask("b", ControlRequest.ALL_COMMIT);
        assertThat(pair.kernelOfB.size()).isOne();
        assertThat(pair.kernelOfB.expectations()).isEmpty();
    }

    @Test
    void shouldPutExpectationsIntoTheKernelAtOnce() throws Exception {
        start("NOTRACK {\nDisableInternalCache on\nDisableExternalCache on\n}\nOptions {\nExpectationSync on\n");
        pair.kernelOfA.traffic(control(1));
        expect(1);
        pair.await(() -> pair.kernelOfB.expectations().size() == 1);
        assertThat(pair.ask("a", ControlRequest.EXP_STATS)).startsWith("internal bypass:\n"
            + "connections new:\t\t           1\n");
        pair.await(() -> pair.ask("b", ControlRequest.EXP_STATS).contains("external inject:\n"
            + "connections created:\t\t           1\t"));
        pair.kernelOfA.expire(control(1));
        pair.await(() -> pair.kernelOfB.expectations().isEmpty());
    }

    @Test
    void shouldTellOfExpectationsByTimers() throws Exception {
        start("ALARM {\nRefreshTime 1\nCacheTimeout 30\n}\nOptions {\nExpectationSync on\n");
        pair.kernelOfA.traffic(control(1));
        expect(1);
        pair.await(() -> count("b", ControlRequest.EXP_DUMP_EXTERNAL) == 1);
        assertThat(pair.ask("b", ControlRequest.EXP_DUMP_EXTERNAL)).contains("[expires in ");
        pair.await(() -> pair.ask("b", ControlRequest.EXP_STATS)
            .matches("(?s).*cache external:.*created:\\s+[2-9].*"));
    }
}
