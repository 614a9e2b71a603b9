/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.it.Tables.assertSame;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.DedicatedLink;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.Program;
import org.statelink.it.lab.SyncNetwork;

/**
 * Two dedicated links under a stream of events, of which the first one's interface goes and comes at a node that runs
 * our program; its peer sees nothing of that but what it hears.
 */
@Tag("netns")
@Tag("interop")
@Timeout(180)
class LinkFailoverIT {
    private static final int CONNECTIONS = 15_000;
    private static final int PER_SECOND = 5_000;
    private static final Duration TAKEOVER = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final String FIRST = "sync0";
    private static final String SECOND = "sync1";

    @RegisterExtension
    final Lab lab = new Lab();

    private SyncNetwork first;
    private SyncNetwork second;

    @BeforeEach
    void plugSecondNetwork() {
        first = lab.network();
        second = lab.secondNetwork();
        second.plug(lab.node1());
        second.plug(lab.node2());
    }

    @ParameterizedTest
    @CsvSource({
        "OURS_AND_OURS, MULTICAST_IPV4, 1", "OURS_AND_OURS, MULTICAST_IPV4, 2",
        "OURS_AND_OURS, UDP_IPV4, 1", "OURS_AND_OURS, TCP_IPV4, 1",
        "OURS_AND_REFERENCE, MULTICAST_IPV4, 1", "OURS_AND_REFERENCE, UDP_IPV4, 1",
        "REFERENCE_AND_OURS, MULTICAST_IPV4, 2", "REFERENCE_AND_OURS, UDP_IPV4, 2"})
    void shouldFailOverAndBackWithoutLosingAConnection(Pair pair, DedicatedLink link, int at) throws Exception {
        start(pair, link);
        Node node = at == 1 ? lab.node1() : lab.node2();
        CompletableFuture<Void> stream = stream(pair);

        awaitStates(1_000);
        first.down(node);
        expectTakeover(node);
        expectStatus(node, FIRST, "DOWN");
        awaitStates(7_000);
        first.up(node);
        expectActive(FIRST, lab.node1());
        expectActive(FIRST, lab.node2());
        expectStatus(node, FIRST, "RUNNING");

        stream.get();
        expectNothingLost();
        assertThat(node.daemon().log()).contains("device `sync1' becomes dedicated link",
            "device `sync0' becomes dedicated link");
    }

    @ParameterizedTest
    @CsvSource({"OURS_AND_OURS, MULTICAST_IPV4", "OURS_AND_OURS, UDP_IPV4", "OURS_AND_OURS, TCP_IPV4",
        "OURS_AND_REFERENCE, MULTICAST_IPV4", "OURS_AND_REFERENCE, UDP_IPV4"})
    void shouldTakeUpAnInterfaceThatIsMadeAnew(Pair pair, DedicatedLink link) throws Exception {
        start(pair, link);
        CompletableFuture<Void> stream = stream(pair);

        awaitStates(1_000);
        first.unplug(lab.node1());
        expectTakeover(lab.node1());
        first.plug(lab.node1());
        expectActive(FIRST, lab.node1());
        expectActive(FIRST, lab.node2());

        stream.get();
        expectNothingLost();
    }

    @ParameterizedTest
    @CsvSource({"OURS_AND_OURS, MULTICAST_IPV4", "OURS_AND_OURS, UDP_IPV4", "OURS_AND_OURS, TCP_IPV4",
        "OURS_AND_REFERENCE, MULTICAST_IPV4"})
    void shouldStartWithoutAnInterfaceAndTakeItUpWhenItComes(Pair pair, DedicatedLink link) throws Exception {
        first.unplug(lab.node1());
        start(pair, link);
        assertThat(lab.node1().daemon().log().lines().filter(line -> line.contains("has to wait")))
            .singleElement().asString().contains("[warning]", "`sync0'", "there is no such interface");
        expectActive(SECOND, lab.node1());
        expectActive(SECOND, lab.node2());

        first.plug(lab.node1());
        expectActive(FIRST, lab.node1());
        expectActive(FIRST, lab.node2());

        stream(pair).get();
        expectNothingLost();
    }

    @ParameterizedTest
    @CsvSource({"OURS_AND_OURS, MULTICAST_IPV4", "OURS_AND_OURS, UDP_IPV4", "OURS_AND_REFERENCE, MULTICAST_IPV4"})
    void shouldKeepWhatItCannotSendWhileNoLinkIsUp(Pair pair, DedicatedLink link) throws Exception {
        start(pair, link);
        CompletableFuture<Void> stream = stream(pair);

        awaitStates(1_000);
        first.cut(lab.node1());
        second.cut(lab.node1());
        expectStatus(lab.node1(), FIRST, "NO-CARRIER");
        stream.get();
        assertThat(lab.node2().daemon().cached("external")).isLessThan(CONNECTIONS);
        second.mend(lab.node1());

        expectNothingLost();
        expectActive(SECOND, lab.node1());
        assertThat(lab.node1().daemon().log()).containsOnlyOnce("no dedicated links available!");
    }

    @Test
    void shouldStartWithoutAnyInterface() throws Exception {
        first.unplug(lab.node1());
        Daemon daemon = lab.node1().start(Program.OURS);
        lab.node2().start(Program.OURS);
        assertThat(daemon.log()).contains("no dedicated links available!");

        first.plug(lab.node1());

        lab.awaitGreeting();
        expectStatus(lab.node1(), FIRST, "RUNNING");
    }

    private void start(Pair pair, DedicatedLink link) {
        start(lab.node1(), pair.first(), link);
        start(lab.node2(), pair.second(), link);
        lab.awaitGreeting();
    }

    private static void start(Node node, Program program, DedicatedLink link) {
        ConfigFile config = node.config().links(link, 2);
        node.start(program, config);
    }

    /** Connections begin on node 1, and two in five end again. */
    private CompletableFuture<Void> stream(Pair pair) {
        List<Flow> flows = pair.flows().take(CONNECTIONS);
        return CompletableFuture.runAsync(() -> {
            lab.node1().kernel().create(flows, PER_SECOND);
            lab.node1().kernel().delete(flows.subList(0, CONNECTIONS * 2 / 5), PER_SECOND);
        });
    }

    private void awaitStates(int count) {
        Eventually.within(GRACE, () ->
            assertThat(lab.node2().daemon().cached("external")).isGreaterThan(count));
    }

    /** The second link carries states, and soon. */
    private void expectTakeover(Node node) throws IOException {
        long before = received(lab.node2(), SECOND);
        Eventually.within(TAKEOVER, () -> {
            assertThat(link(node, SECOND)).contains("role=ACTIVE");
            assertThat(received(lab.node2(), SECOND)).isGreaterThan(before + 20);
        });
    }

    private static void expectActive(String device, Node node) {
        Eventually.within(GRACE, () -> assertThat(link(node, device)).contains("role=ACTIVE"));
    }

    private static void expectStatus(Node node, String device, String status) {
        Eventually.within(GRACE, () -> assertThat(link(node, device)).contains("status=" + status + " "));
    }

    /** What a daemon says of its link on a device. */
    private static String link(Node node, String device) throws IOException {
        return Pattern.compile("\n\n").splitAsStream(node.daemon().ask(Request.STATS_LINK))
            .filter(block -> block.contains("device=" + device + " ")).findFirst().orElseThrow();
    }

    private static long received(Node node, String device) throws IOException {
        return Long.parseLong(link(node, device).replaceAll("(?s).*?(\\d+) Pckts recv.*", "$1"));
    }

    private void expectNothingLost() {
        SortedSet<String> kernel = lab.node1().kernel().flowsAsCached();
        Eventually.within(GRACE, () ->
            assertSame("external cache of node 2", lab.node2().daemon().externalCache(), kernel));
    }
}
