/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.Commands.Result;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.FlowMix;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.Program;

import static org.assertj.core.api.Assertions.assertThat;

/** What conntrackd's client orders, by what it leads to; what is answered is {@link AnswersIT}'s. */
@Tag("netns")
@Tag("interop")
@Timeout(120)
class ReferenceClientIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 160;

    @RegisterExtension
    final Lab lab = new Lab();

    @Test
    void shouldDoWhatTheReferenceClientAsksFor() throws Exception {
        Daemon daemon = startBeside(Program.OURS);
        Node node = lab.node1();
        expectSuccess(daemon, "-f", "external");
        assertThat(daemon.cached("external")).isZero();
        expectSuccess(daemon, "-n");
        Eventually.within(SOON, () -> assertThat(daemon.cached("external")).isEqualTo(CONNECTIONS));
        expectSuccess(daemon, "-f", "internal");
        assertThat(daemon.cached("internal")).isZero();
        expectSuccess(daemon, "-R");
        Eventually.within(SOON, () -> assertThat(daemon.cached("internal")).isEqualTo(CONNECTIONS));
        assertThat(daemon.counter(Request.STATS_RUNTIME, "resync with kernel table")).isEqualTo(1);
        Daemon peer = lab.node2().daemon();
        assertThat(peer.client(Program.REFERENCE, "-f", "external").status()).isZero();
        expectSuccess(daemon, "-B");
        Eventually.within(SOON, () -> assertThat(peer.cached("external")).isEqualTo(CONNECTIONS));
        expectSuccess(daemon, "-F");
        Eventually.within(SOON, () -> assertThat(node.kernel().size()).isZero());
        expectSuccess(daemon, "-c");
        assertThat(node.kernel().size()).isEqualTo(CONNECTIONS);
    }

    @Test
    void shouldPurgeTheKernelWhenTheTimerOfABackupRunsOut() throws Exception {
        Daemon daemon = lab.node1().start(Program.OURS, lab.node1().config().mode("PurgeTimeout 1"));
        lab.node1().kernel().create(FlowMix.knownToReference().take(CONNECTIONS), 0);
        Eventually.within(SOON, () -> assertThat(daemon.cached("internal")).isEqualTo(CONNECTIONS));
        expectSuccess(daemon, "-t");
        Eventually.within(SOON, () -> assertThat(lab.node1().kernel().size()).isZero());
        assertThat(daemon.cached("internal")).isZero();
    }

    @Test
    void shouldLeaveNothingBehindWhenToldToStop() {
        Daemon daemon = lab.node1().start(Program.OURS);
        expectSuccess(daemon, "-k");
        assertThat(daemon.awaitEnd()).isZero();
        assertThat(daemon.config().socket()).doesNotExist();
        assertThat(daemon.config().lock()).doesNotExist();
    }

    @Test
    void shouldLeaveNothingBehindWhenTerminated() {
        Daemon daemon = lab.node1().start(Program.OURS);
        assertThat(daemon.terminate()).isZero();
        assertThat(daemon.config().socket()).doesNotExist();
        assertThat(daemon.config().lock()).doesNotExist();
    }

    private static void expectSuccess(Daemon daemon, String... arguments) {
        Result result = daemon.referenceClient(arguments);
        assertThat(result.status()).as(result.errors()).isZero();
    }

    /** Starts a program on node 1 and the reference on node 2; each learns what the other one's kernel tracks. */
    private Daemon startBeside(Program program) {
        List<Flow> flows = FlowMix.knownToReference().take(2 * CONNECTIONS);
        lab.start(program, Program.REFERENCE);
        lab.node1().kernel().create(flows.subList(0, CONNECTIONS), 0);
        lab.node2().kernel().create(flows.subList(CONNECTIONS, 2 * CONNECTIONS), 0);
        Daemon daemon = lab.node1().daemon();
        Eventually.within(SOON, () -> {
            assertThat(daemon.cached("external")).isEqualTo(CONNECTIONS);
            assertThat(lab.node2().daemon().cached("external")).isEqualTo(CONNECTIONS);
        });
        return daemon;
    }
}
