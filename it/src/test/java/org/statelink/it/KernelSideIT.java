/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.it.Tables.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.ChangeMix;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.DedicatedLink;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.FlowMix;
import org.statelink.it.lab.Kernel;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Program;
import org.statelink.it.lab.Traffic;

/** What a busy kernel does to the daemon, and the daemon to the kernel. */
@Tag("netns")
@Tag("alone")
@Timeout(300)
class KernelSideIT {
    private static final Path TABLE_LIMIT = Path.of("/proc/sys/net/netfilter/nf_conntrack_max");
    private static final int CHANGES = Integer.getInteger("statelink.changes", 100_000);
    private static final int READS = 10;
    /** Changes that do not overrun the event socket. */
    private static final int PER_SECOND = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    final Lab lab = new Lab();

    /** A change is what the kernel tells of one. */
    @Test
    @Tag("interop")
    @Timeout(3_600)
    void shouldKnowWhatConntrackdKnowsOfTheSameKernel() throws Exception {
        Daemon ours = lab.node1().start(Program.OURS);
        // on a link that nobody answers on
        Daemon reference = lab.node1().startBeside(Program.REFERENCE,
            lab.node1().configBeside().link(DedicatedLink.TCP_IPV4));
        long seed = System.nanoTime();

        try (Traffic traffic = new Traffic(lab, lab.node1())) {
            ChangeMix changes = new ChangeMix(lab.node1().kernel(), traffic, new Random(seed), CHANGES / 10);
            while (events(ours) < CHANGES) {
                changes.nextRound();
            }
        }

        Eventually.within(LIMIT, () -> {
            SortedSet<String> known = ours.internalCache();
            assertSame("internal cache beside conntrackd's, seed " + seed, known, reference.internalCache());
            assertSame("internal cache, seed " + seed, known, lab.node1().kernel().flowsAsCached());
        });
        assertThat(overruns(ours)).isZero();
        assertThat(overruns(reference)).isZero();
    }

    private static long events(Daemon daemon) throws IOException {
        return daemon.counter(Request.STATS_RUNTIME, "events received");
    }

    private static long overruns(Daemon daemon) throws IOException {
        return daemon.counter(Request.STATS_RUNTIME, "netlink overrun");
    }

    /** Flows come and go while the table is read, at the start and again and again. */
    @Test
    void shouldKeepNothingThatEndedWhileTheTableWasRead() throws Exception {
        Kernel kernel = lab.node1().kernel();
        kernel.create(FlowMix.knownToReference().take(10_000), 0);
        List<Flow> passing = IntStream.range(0, 2_000)
            .mapToObj(i -> Flow.udp("198.51.100.7", 1024 + i, "203.0.113.7", 53)).toList();
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> churn = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                kernel.create(passing, PER_SECOND);
                kernel.delete(passing, PER_SECOND);
            }
        });

        Daemon daemon = lab.node1().start(Program.OURS);
        for (int again = 0; again < READS; again++) {
            assertThat(daemon.client(Program.REFERENCE, "-R").status()).isZero();
        }
        enough.set(true);
        churn.join();

        Eventually.within(LIMIT, () -> assertSame("internal cache", daemon.internalCache(), kernel.flowsAsCached()));
        assertThat(daemon.cached("internal")).isEqualTo(10_000);
        assertThat(overruns(daemon)).isZero();
    }

    @Test
    void shouldCommitWhatFitsAndTheRestWhenThereIsRoom() throws Exception {
        List<Flow> flows = IntStream.range(0, 3_000)
            .mapToObj(i -> Flow.tcp("10.7.0.1", 1024 + i, "203.0.113.1", 443, Flow.TcpState.ESTABLISHED).assured())
            .toList();
        lab.start(Program.OURS, Program.OURS);
        Daemon taker = lab.node2().daemon();
        lab.node1().kernel().create(flows, 0);
        Eventually.within(LIMIT, () -> assertThat(taker.cached("external")).isEqualTo(flows.size()));

        commitIntoTableOf(2_000, taker);

        assertThat(lab.node2().kernel().size()).isBetween(1_900, 2_100);
        assertThat(taker.cached("internal")).isEqualTo(lab.node2().kernel().size());
        assertThat(taker.log()).contains("entries can't be committed", "entries refused with ENOMEM",
            "See net.netfilter.nf_conntrack_max").containsOnlyOnce("entries refused with");
        taker.ask(Request.COMMIT);
        assertThat(lab.node2().kernel().size()).isEqualTo(flows.size());
        assertThat(taker.cached("internal")).isEqualTo(flows.size());
    }

    /** The limit holds for every namespace of the machine, so it is lowered for no longer than the commit takes. */
    private static void commitIntoTableOf(int entries, Daemon taker) throws IOException {
        String limit = Files.readAllLines(TABLE_LIMIT).getFirst();
        try {
            Files.writeString(TABLE_LIMIT, Integer.toString(entries));
            taker.ask(Request.COMMIT);
        } finally {
            Files.writeString(TABLE_LIMIT, limit);
        }
    }

    @Test
    void shouldLearnByPollingWhatTheKernelHas() throws Exception {
        lab.node1().start(Program.OURS, lab.node1().config().general("PollSecs 1"));
        lab.node2().start(Program.OURS);
        lab.awaitGreeting();
        List<Flow> flows = FlowMix.complete().take(1_000);
        Kernel kernel = lab.node1().kernel();

        kernel.create(flows, 0);
        Eventually.within(LIMIT, () -> assertKnown(kernel));
        kernel.delete(flows.subList(0, 500), 0);
        Eventually.within(LIMIT, () -> assertKnown(kernel));
        assertThat(events(lab.node1().daemon())).isZero();
    }

    private void assertKnown(Kernel kernel) throws IOException {
        assertSame("internal cache", lab.node1().daemon().internalCache(), kernel.flowsAsCached());
        assertSame("external cache", lab.node2().daemon().externalCache(), kernel.flowsAsCached());
    }

    @Test
    void shouldMissNoEndWhereEventsAreReliable() throws Exception {
        Daemon daemon = lab.node1().start(Program.OURS,
            lab.node1().config().eventBuffer(65_536).general("NetlinkEventsReliable on"));
        List<Flow> flows = FlowMix.knownToReference().take(20_000);
        Kernel kernel = lab.node1().kernel();

        kernel.create(flows, 0);
        kernel.delete(flows, 0);

        Eventually.within(LIMIT, () -> {
            assertThat(kernel.size()).isZero();
            assertThat(daemon.cached("internal")).isZero();
        });
        assertThat(overruns(daemon)).isZero();
    }

    @Test
    void shouldHearNothingOfWhatItDoesItself() throws Exception {
        lab.start(Program.OURS, Program.OURS);
        Daemon taker = lab.node2().daemon();
        List<Flow> flows = FlowMix.complete().take(20_000);
        lab.node1().kernel().create(flows, 0);
        Eventually.within(LIMIT, () -> assertThat(taker.cached("external")).isEqualTo(flows.size()));

        taker.ask(Request.COMMIT);

        assertSame("internal cache", taker.internalCache(), lab.node2().kernel().flowsAsCached());
        assertThat(events(taker)).isZero();
        taker.client(Program.REFERENCE, "-F");
        Eventually.within(LIMIT, () -> {
            assertThat(lab.node2().kernel().size()).isZero();
            assertThat(taker.cached("internal")).isZero();
        });
        assertThat(events(taker)).isZero();
    }
}
