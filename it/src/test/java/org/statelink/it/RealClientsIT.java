/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.statelink.it.lab.Commands.Result;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Expected;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.FlowMix;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.NotifySocket;
import org.statelink.it.lab.Program;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What cluster managers, clouds, routers and reports do with conntrackd, each in its own way. */
@Tag("netns")
@Timeout(120)
class RealClientsIT {
    private static final String PROGRAM = Program.OURS.path();
    private static final Duration SOON = Duration.ofSeconds(20);
    /** After it OpenStack Neutron kills the daemon. */
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration WATCHDOG = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 320;

    @RegisterExtension
    final Lab lab = new Lab();

    /** Both nodes know flows and expectations of node 1. */
    private void replicate() {
        String both = "ExpectationSync on";
        lab.node1().start(Program.OURS, lab.node1().config().options(both));
        lab.node2().start(Program.OURS, lab.node2().config().options(both));
        lab.awaitGreeting();
        List<Expected> expected = Expected.ofEveryKind();
        lab.node1().kernel().create(FlowMix.complete().take(CONNECTIONS), 0);
        lab.node1().kernel().create(Expected.mastersOf(expected), 0);
        lab.node1().kernel().expect(expected);
        Eventually.within(SOON, () -> {
            assertThat(lab.node2().daemon().cached("external")).isEqualTo(lab.node1().kernel().size());
            assertThat(ask(lab.node2().daemon(), "-e", "expect").lines()).hasSize(expected.size());
        });
    }

    private static String ask(Daemon daemon, String... words) {
        Result result = daemon.client(Program.OURS, words);
        assertThat(result.status()).as(result.errors()).isZero();
        return result.output();
    }

    /** It finds the socket by reading the file, and expects that nothing it orders fails. */
    @Test
    void shouldServeTheResourceAgentOfClusterLabs() {
        replicate();
        Result agent = lab.node2().namespace().run("sh", "-e", "-c", """
            socket=$(awk '/^[ \\t]*UNIX[ \\t]*{/,/^[ \\t]*}/ { if ($1 == "Path") print $2 }' "$2")
            [ -S "$socket" ]
            for step in c f R B; do "$1" -C "$2" -$step; done
            [ $("$1" -C "$2" -i | wc -l) -eq $(cat /proc/sys/net/netfilter/nf_conntrack_count) ]
            for step in t n; do "$1" -C "$2" -$step; done
            """, "sh", PROGRAM, lab.node2().config().path().toString());
        assertThat(agent.status()).as(agent.errors()).isZero();
        assertThat(lab.node2().kernel().size()).isEqualTo(lab.node1().kernel().size());
    }

    /** Its operational mode reads every line as a document of its own. */
    @Test
    void shouldSpeakXmlThatVyosReads() throws Exception {
        replicate();
        String documents = ask(lab.node1().daemon(), "-i", "ct", "-x");
        assertThat(documents.lines()).allMatch(line -> line.startsWith("<flow><meta direction=\"original\">"));
        SortedMap<String, Integer> internal = protocols(documents);
        SortedMap<String, Integer> external = protocols(ask(lab.node2().daemon(), "-e", "ct", "-x"));
        assertThat(internal).containsKeys("tcp", "udp", "icmp", "sctp", "gre");
        assertThat(internal.values().stream().mapToInt(Integer::intValue).sum())
            .isEqualTo(lab.node1().kernel().size());
        assertThat(external).isEqualTo(internal);
        for (Daemon daemon : List.of(lab.node1().daemon(), lab.node2().daemon())) {
            String cache = daemon == lab.node1().daemon() ? "-i" : "-e";
            assertThat(protocols(ask(daemon, cache, "expect", "-x")).keySet()).containsExactly("tcp", "udp");
            assertThat(ask(daemon, "-s")).startsWith("cache internal:");
            assertThat(ask(daemon, "-s", "exp")).startsWith("cache internal:");
        }
    }

    /** How many there are of each protocol, as the first direction tells it. */
    private static SortedMap<String, Integer> protocols(String documents) throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (String line : documents.lines().toList()) {
            Element flow = parser.parse(new InputSource(new StringReader(line))).getDocumentElement();
            assertThat(flow.getTagName()).isEqualTo("flow");
            assertThat(child(flow, "layer3").getAttribute("protoname")).startsWith("ipv");
            counts.merge(child(flow, "layer4").getAttribute("protoname"), 1, Integer::sum);
        }
        return counts;
    }

    private static Element child(Element parent, String name) {
        return (Element) parent.getElementsByTagName(name).item(0);
    }

    /** One daemon for each router, with settings of old, found by its command line and ended in time. */
    @Test
    void shouldServeTheRoutersOfNeutron() {
        ConfigFile config = lab.node1().config().general("""
            SocketBufferSize 262142
            SocketBufferSizeMaxGrown 655355
            UNIX {
                Path %s
                Backlog 20
            }
            """.formatted(lab.node1().config().socket()));
        String[] start = {PROGRAM, "-d", "-C", config.write().toString()};
        Result started = lab.node1().namespace().run(start);
        assertThat(started.status()).as(started.errors()).isZero();
        String found = "conntrackd -d -C " + config.path();
        assertThat(lab.node1().namespace().expect("pgrep", "-f", found).strip())
            .isEqualTo(lab.node1().namespace().processes().getFirst());
        assertThat(command(config, "-n").status()).isZero();

        assertThat(command(config, "-k").status()).isZero();

        Eventually.within(STOP, () ->
            assertThat(lab.node1().namespace().run("pgrep", "-f", found).status()).isEqualTo(1));
        assertThat(config.socket()).doesNotExist();
    }

    private Result command(ConfigFile config, String... words) {
        String[] all = new String[words.length + 3];
        all[0] = PROGRAM;
        all[1] = "-C";
        all[2] = config.path().toString();
        System.arraycopy(words, 0, all, 3, words.length);
        return lab.node1().namespace().run(all);
    }

    @Test
    void shouldFillTheReportOfSos() {
        replicate();
        for (String word : List.of("network", "cache", "runtime", "link", "rsqueue", "queue", "ct", "expect")) {
            assertThat(ask(lab.node1().daemon(), "-s", word)).as(word).isNotEmpty();
        }
    }

    /** A gateway's script takes for granted that it gets the buffer that it has configured. */
    @ParameterizedTest
    @ValueSource(ints = {2097152, 8388608})
    void shouldTellTheBufferThatIsConfigured(int bytes) {
        lab.node1().start(Program.OURS, lab.node1().config().eventBuffer(bytes));
        Result script = lab.node1().namespace().run("sh", "-c",
            "\"$1\" -C \"$2\" -s runtime | grep 'current buffer size' | cut -d: -f2 | tr -d ' \\t'", "sh", PROGRAM,
            lab.node1().config().path().toString());
        assertThat(script.output()).isEqualTo(bytes + "\n");
    }

    /** What those grep who watch it. */
    @Test
    void shouldTellWhatMonitorsLookFor() {
        replicate();
        Result script = lab.node2().namespace().run("sh", "-c", """
            "$1" -C "$2" -s | awk '/cache external/ { external = 1 }
                external && /current active connections/ { print $NF; external = 0 }
                /Malformed msgs/ && /Lost msgs/ { print $1, $4 }'
            """, "sh", PROGRAM, lab.node2().config().path().toString());
        assertThat(script.output()).isEqualTo(lab.node1().kernel().size() + "\n0 0\n");
    }

    /** Type=notify with -d, and a watchdog that is fed at half its interval whatever else there is to do. */
    @Test
    void shouldFeedTheWatchdogOfSystemdWhileItIsBusy() throws IOException {
        ConfigFile config = lab.node1().config();
        Path socket = config.path().resolveSibling("notify");
        try (NotifySocket systemd = NotifySocket.open(socket)) {
            Result start = lab.node1().namespace().run(systemd.withWatchdog(WATCHDOG, PROGRAM, "-d", "-C",
                config.write().toString()));
            assertThat(start.status()).as(start.errors()).isZero();
            String pid = lab.node1().namespace().processes().getFirst();
            List<Flow> flows = FlowMix.knownToReference().take(10_000);
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                lab.node1().kernel().create(flows, 10_000);
                for (int i = 0; i < 5; i++) {
                    lab.node1().kernel().update(flows, 10_000);
                }
            });
            Eventually.within(WATCHDOG.multipliedBy(2), () -> assertThat(systemd.received())
                .startsWith("MAINPID=" + pid + "\nREADY=1\n").containsPattern("(?s)WATCHDOG=1.*WATCHDOG=1"));
            load.join();
            assertThat(command(config, "-k").status()).isZero();
            Eventually.within(STOP, () -> {
                assertThat(systemd.received()).contains("STOPPING=1");
                assertThat(lab.node1().namespace().processes()).isEmpty();
            });
        }
    }
}
