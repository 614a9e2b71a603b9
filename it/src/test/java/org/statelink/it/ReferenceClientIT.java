/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

/** Scripts that drive conntrackd by its own client must not notice the difference. */
@Tag("netns")
@Tag("interop")
@Timeout(120)
class ReferenceClientIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 160;

    /** What changes nothing comes first, so that both daemons are asked in the same situation. */
    private static final List<String> COMMANDS = List.of("-s", "-s network", "-s cache", "-s runtime", "-s link",
        "-s queue", "-s process", "-s ct", "-s expect", "-s run", "-i", "-i -x", "-i ct", "-e", "-e -x", "-e ct",
        "-i expect", "-e expect", "-c", "-c ct", "-R", "-R ct", "-B", "-n", "-t", "-f internal", "-f external", "-f",
        "-F", "-F ct", "-s nonsense", "-k", "-s");

    @RegisterExtension
    final Lab lab = new Lab();

    @Test
    void shouldAnswerTheReferenceClientAsTheReferenceDoes() throws Exception {
        Map<String, String> reference = answersOf(Program.REFERENCE);
        lab.renew();
        Map<String, String> ours = answersOf(Program.OURS);
        reference.forEach((command, answer) -> assertThat(ours.get(command)).as(command).isEqualTo(answer));
    }

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

    private Map<String, String> answersOf(Program program) {
        Daemon daemon = startBeside(program);
        Map<String, String> answers = new LinkedHashMap<>();
        for (String command : COMMANDS) {
            Result result = daemon.referenceClient(command.split(" "));
            boolean dump = command.startsWith("-i") || command.startsWith("-e");
            String text = dump ? shapes(result.output()) : masked(result.output());
            answers.put(answers.containsKey(command) ? command + " again" : command,
                "exit " + result.status() + "\n" + text);
        }
        return answers;
    }

    /** Numbers become # in the same width, so that columns count. */
    private static String masked(String text) {
        StringBuilder masked = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i)) || text.charAt(i) == ' ' && isNumberAhead(text, i)) {
                masked.setCharAt(i, '#');
            }
        }
        return masked.toString();
    }

    private static boolean isNumberAhead(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i < text.length() && Character.isDigit(text.charAt(i));
    }

    /** The different kinds of lines of a dump, each once. */
    private static String shapes(String text) {
        TreeSet<String> shapes = new TreeSet<>();
        text.lines()
            .map(line -> line.replaceAll("(src|dst)=[^ ]+", "$1=*").replaceAll("<(src|dst)>[^<]+<", "<$1>*<"))
            .map(line -> line.replaceAll("\\d+", "#"))
            .forEach(shapes::add);
        return String.join("\n", shapes);
    }
}
