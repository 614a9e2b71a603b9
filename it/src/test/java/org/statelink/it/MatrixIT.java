/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.statelink.it.DeliberateDifference.Setting;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.DedicatedLink;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.FlowMix;
import org.statelink.it.lab.KernelEntry;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.Pair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Either node of a conntrackd pair can be replaced by ours, in every mode and on every kind of link: what the receiver
 * commits is what the receiver of a pair of conntrackd commits that lives through the same beside it, field by field
 * but for each {@link DeliberateDifference}.
 */
@Tag("netns")
@Tag("interop")
@Timeout(120)
class MatrixIT {
    private static final int CONNECTIONS = 5_000;
    private static final int ENDED = 1_000;
    private static final Duration GRACE = Duration.ofSeconds(20);
    /** The three pairs do not live through everything in the same second. */
    private static final int SECONDS_APART = 15;

    @RegisterExtension
    final Lab oracle = new Lab("conntrackd-to-conntrackd");
    @RegisterExtension
    final Lab toReference = new Lab("ours-to-conntrackd");
    @RegisterExtension
    final Lab toOurs = new Lab("conntrackd-to-ours");

    /** A mode and a link. On IPv6 with window tracking, so that both commits of TCP are seen. */
    record Case(String mode, DedicatedLink link) {
        boolean windowTracking() {
            return link.name().endsWith("IPV6");
        }

        ConfigFile apply(ConfigFile config) {
            return config.link(link).modeName(mode).mode(mode.equals("ALARM") ? "RefreshTime 1" : "")
                .options(windowTracking() ? "TCPWindowTracking on" : "");
        }
    }

    /** But ALARM over TCP: conntrackd 1.4.7 takes the configuration and then mangles its own stream. */
    static Stream<Arguments> cases() {
        return Stream.of("FTFW", "NOTRACK", "ALARM").flatMap(mode -> Stream.of(DedicatedLink.values())
            .filter(link -> !mode.equals("ALARM") || !link.name().startsWith("TCP"))
            .map(link -> Arguments.of(mode, link)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldCommitWhatConntrackdCommits(String mode, DedicatedLink link) throws Exception {
        Case setup = new Case(mode, link);
        var byReference = replicate(toReference, Pair.OURS_AND_REFERENCE, setup);
        var byOurs = replicate(toOurs, Pair.REFERENCE_AND_OURS, setup);
        SortedMap<String, KernelEntry> reference = replicate(oracle, Pair.REFERENCE_AND_REFERENCE, setup).get();
        SortedMap<String, KernelEntry> sent = oracle.node1().kernel().entries();

        assertCommitted(byReference.get(), reference, sent,
            new Setting(Pair.OURS_AND_REFERENCE, setup.windowTracking()));
        assertCommitted(byOurs.get(), reference, sent,
            new Setting(Pair.REFERENCE_AND_OURS, setup.windowTracking()));
        for (Lab mixed : List.of(toReference, toOurs)) {
            assertNothingMalformed(mixed.node1());
            assertNothingMalformed(mixed.node2());
        }
    }

    /** The whole life of a pair: what the second kernel has after the commit. */
    private static CompletableFuture<SortedMap<String, KernelEntry>> replicate(Lab lab, Pair pair, Case setup) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                start(lab, pair, setup);
                live(lab);
                lab.node2().daemon().ask(Request.COMMIT);
                return lab.node2().kernel().entries();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, task -> Thread.ofPlatform().name(pair.name()).start(task));
    }

    private static void start(Lab lab, Pair pair, Case setup) {
        lab.node1().start(pair.first(), setup.apply(lab.node1().config()));
        lab.node2().start(pair.second(), setup.apply(lab.node2().config()));
        if (!setup.mode().equals("ALARM")) {
            lab.awaitContact();
        }
    }

    private static void live(Lab lab) {
        List<Flow> flows = FlowMix.everything().take(CONNECTIONS);
        lab.node1().kernel().create(flows, 0);
        awaitCached(lab.node2().daemon(), CONNECTIONS);
        lab.node1().kernel().delete(flows.subList(0, ENDED), 0);
        awaitCached(lab.node2().daemon(), CONNECTIONS - ENDED);
    }

    private static void awaitCached(Daemon daemon, int count) {
        Eventually.within(GRACE, () -> assertThat(daemon.cached("external")).isEqualTo(count));
    }

    private static void assertCommitted(SortedMap<String, KernelEntry> actual, SortedMap<String, KernelEntry> reference,
            SortedMap<String, KernelEntry> sent, Setting setting) {
        SortedMap<String, KernelEntry> expected = new TreeMap<>(reference);
        expected.replaceAll((source, entry) -> {
            SortedMap<String, String> fields = new TreeMap<>(entry.fields());
            DeliberateDifference.apply(setting, sent.get(source), fields);
            return new KernelEntry(source, entry.protocol(), fields, entry.timeout());
        });
        Tables.assertSame("the kernel of " + setting.pair(), lines(actual), lines(expected));
        actual.forEach((source, entry) -> assertThat(entry.timeout()).as("timeout of %s in %s", source, setting.pair())
            .isBetween(expected.get(source).timeout() - SECONDS_APART, expected.get(source).timeout() + SECONDS_APART));
    }

    /** A line for each field of each connection. */
    private static SortedSet<String> lines(SortedMap<String, KernelEntry> entries) {
        SortedSet<String> lines = new TreeSet<>();
        entries.forEach((source, entry) -> entry.fields().forEach((field, value) ->
            lines.add("protocol " + entry.protocol() + " from " + source + ": " + field + " " + value)));
        return lines;
    }

    private static void assertNothingMalformed(Node node) throws IOException {
        assertThat(node.daemon().counter(Request.STATS_NETWORK, "Malformed messages")).isZero();
    }
}
