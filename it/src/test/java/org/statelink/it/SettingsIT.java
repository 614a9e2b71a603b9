/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.FlowMix;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.Program;

/** What can be read off a running daemon of its settings: the same as of conntrackd with the same file. */
@Tag("netns")
@Tag("interop")
@Timeout(120)
class SettingsIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern BUFFERS = Pattern.compile("skmem:\\(r\\d+,(rb\\d+),t\\d+,(tb\\d+),");

    @RegisterExtension
    final Lab lab = new Lab();

    private Daemon reference(ConfigFile config) {
        return lab.node1().start(Program.REFERENCE, config);
    }

    private Daemon ours(ConfigFile config) {
        return lab.node2().start(Program.OURS, config);
    }

    @ParameterizedTest
    @ValueSource(ints = {262_144, 2_097_152, 33_554_432, 50_000_000})
    void shouldGiveTheEventSocketTheSameBuffer(int bytes) throws IOException {
        Daemon reference = reference(lab.node1().config().eventBuffer(bytes));
        Daemon ours = ours(lab.node2().config().eventBuffer(bytes));

        assertThat(buffer(ours)).isEqualTo(buffer(reference));

        ours.config().eventBuffer(1_048_576).write();
        assertThat(ours.client(Program.OURS, "--reload").status()).isZero();
        reference.terminate();
        assertThat(buffer(ours)).as("reloaded").isEqualTo(
            buffer(reference(lab.node1().config().eventBuffer(1_048_576))));
    }

    private static long buffer(Daemon daemon) throws IOException {
        return daemon.counter(Request.STATS_RUNTIME, "current buffer size (in bytes)");
    }

    @Test
    void shouldGiveTheLinkTheSameBuffers() {
        reference(lab.node1().config());
        ours(lab.node2().config());

        // conntrackd has its control socket before its links
        Eventually.within(LIMIT, () -> {
            List<String> expected = buffers(lab.node1(), 'u');
            assertThat(buffers(lab.node2(), 'u')).hasSize(4).isEqualTo(expected);
        });
    }

    /** conntrackd warns that it ignores it. What is in real time has none. */
    @Test
    void shouldGiveItsLoopsTheNiceValue() throws IOException {
        assertThat(reference(lab.node1().config().general("Nice -5")).log()).contains("deprecated nice configuration");
        Daemon ours = ours(lab.node2().config().general("Nice -5"));

        assertThat(niceOfThreads()).containsExactly("VM Thread -5", "control -5", "kernel -5", "state -");
        ours.config().general("Nice +3").write();
        assertThat(ours.client(Program.OURS, "--reload").output()).contains("changed: Nice -5 -> 3");
        assertThat(niceOfThreads()).containsExactly("VM Thread 3", "control 3", "kernel 3", "state -");
    }

    private List<String> niceOfThreads() {
        String process = lab.node2().namespace().processes().getFirst();
        return lab.node2().namespace().expect("ps", "-L", "-o", "comm=,ni=", "-p", process).lines()
            .filter(thread -> thread.matches("(state|kernel|control)-.*|VM Thread .*"))
            .map(thread -> thread.replaceFirst("(-\\S*)? +(?=\\S+$)", " ")).sorted().toList();
    }

    /** Receive and send buffers of the sockets in a namespace, sorted. */
    private static List<String> buffers(Node node, char family) {
        return BUFFERS.matcher(node.namespace().expect("ss", "-" + family + "amn")).results()
            .flatMap(SettingsIT::groups).sorted().toList();
    }

    private static Stream<String> groups(MatchResult match) {
        return Stream.of(match.group(1), match.group(2));
    }

    @Test
    void shouldMakeTheSameFiles() throws IOException {
        Path referenceLog = lab.node1().config().path().resolveSibling("daemon.log");
        Path ourLog = lab.node2().config().path().resolveSibling("daemon.log");
        Daemon reference = reference(lab.node1().config().general("LogFile " + referenceLog));
        Daemon ours = ours(lab.node2().config().general("LogFile " + ourLog));

        for (Daemon daemon : new Daemon[] {reference, ours}) {
            Path log = daemon.config().path().resolveSibling("daemon.log");
            assertThat(log).content().contains("initialization completed");
            assertThat(permissions(log)).isEqualTo("rw-------");
            assertThat(permissions(daemon.config().lock())).isEqualTo("rw-------");
            assertThat(permissions(daemon.config().socket())).startsWith("rw").endsWith("------");
            assertThat(daemon.terminate()).isZero();
            assertThat(daemon.config().lock()).doesNotExist();
            assertThat(daemon.config().socket()).doesNotExist();
            assertThat(log).content().contains("---- shutdown received ----");
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "Protocol Ignore { UDP }", "Protocol Accept { TCP }", "Address Ignore { IPv4_address 203.0.113.128/25 }",
        "Protocol Accept { TCP SCTP } Address Ignore { IPv4_address 10.0.0.0/28 IPv4_address 172.20.0.0/16 }",
        "State Accept { ESTABLISHED TIME_WAIT for TCP }", "State Ignore { FIN_WAIT SYN_SENT for TCP }",
        "Protocol Ignore { ICMP IPv6-ICMP } Address Ignore { IPv6_address fd00::1:0:0/120 }"})
    void shouldFilterTheSameConnections(String filter) throws IOException {
        Daemon reference = reference(lab.node1().config().filter(filter));
        Daemon ours = ours(lab.node2().config());
        for (Node node : new Node[] {lab.node1(), lab.node2()}) {
            node.kernel().create(FlowMix.knownToReference().take(640), 0);
        }
        assertThat(lab.node1().kernel().flowsAsCached()).isEqualTo(lab.node2().kernel().flowsAsCached());

        ours.config().filter(filter).write();
        assertThat(ours.client(Program.OURS, "--reload").output()).startsWith("reloaded\n");

        Eventually.within(LIMIT, () -> {
            TreeSet<String> expected = new TreeSet<>(reference.internalCache());
            assertThat(expected).isNotEmpty();
            Tables.assertSame("internal cache", ours.internalCache(), expected);
        });
    }
}
