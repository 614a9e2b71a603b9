/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Kernel;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.Program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.it.Tables.assertSame;

/** A commit is long; the daemon is there all the same. */
@Tag("netns")
@Tag("alone")
@Timeout(180)
class CommitIT {
    private static final int CONNECTIONS = 200_000;
    private static final int COMMITS = 8;
    private static final int BURST = 1_000;
    private static final int CHANGES_PER_SECOND = 20_000;
    /** Where connections of node 2 come from, and no others. */
    private static final String OWN = "10.200.";
    private static final Duration REPLICATED = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofMillis(100);

    @RegisterExtension
    final Lab lab = new Lab();

    /**
     * Other work on the machine may delay an answer now and then; what the daemon itself does would show each time.
     * So the best of a few commits counts; from the second on, every entry is there already and is replaced.
     */
    @Test
    void shouldAnswerWithinATenthOfASecondThroughoutACommit() throws Exception {
        Daemon taker = replicateToNode2(CONNECTIONS);
        Duration best = slowestAnswerDuringCommit(taker);
        for (int again = 1; again < COMMITS && best.compareTo(ANSWER) >= 0; again++) {
            Duration slowest = slowestAnswerDuringCommit(taker);
            best = slowest.compareTo(best) < 0 ? slowest : best;
        }
        assertThat(best).isLessThan(ANSWER);
    }

    /** A commit of that size goes on without events of new connections, which are found afterwards. */
    @Test
    void shouldKnowAndTellWhatBeginsAndEndsDuringACommit() throws Exception {
        Daemon taker = replicateToNode2(CONNECTIONS / 2);
        Kernel kernel = lab.node2().kernel();
        CompletableFuture<Void> committed = new CompletableFuture<>();
        CompletableFuture<Integer> traffic = CompletableFuture.supplyAsync(() -> traffic(kernel, committed));
        try {
            taker.ask(Request.COMMIT);
        } finally {
            committed.complete(null);
        }
        System.out.printf("%d connections began during the commit%n", traffic.join());

        SortedSet<String> all = kernel.flowsAsCached();
        SortedSet<String> own = new TreeSet<>(all);
        own.removeIf(line -> !line.contains(" " + OWN));
        assertThat(all).hasSize(CONNECTIONS / 2 + own.size());
        Eventually.within(REPLICATED, () -> {
            assertSame("internal cache of node 2", taker.internalCache(), all);
            assertSame("external cache of node 1", lab.node1().daemon().externalCache(), own);
        });
        assertThat(taker.counter(Request.STATS_RUNTIME, "netlink overrun")).isZero();
        assertThat(taker.counter(Request.STATS_RUNTIME, "resync with kernel table")).isZero();
    }

    /** At most 20,000 changes a second: connections begin, some of them change, two in five end. Answers how many. */
    private static int traffic(Kernel kernel, CompletableFuture<Void> until) {
        int begun = 0;
        for (boolean last = false; !last; begun += BURST) {
            last = until.isDone();
            List<Flow> burst = IntStream.range(begun, begun + BURST).mapToObj(i -> Flow.udp(
                OWN + (i >> 8 & 0xff) + "." + (i & 0xff), 1024 + (i >> 16), "203.0.113.1", 53)).toList();
            kernel.create(burst, CHANGES_PER_SECOND);
            kernel.delete(burst.subList(0, BURST / 5), CHANGES_PER_SECOND);
            kernel.update(burst.subList(BURST / 5, BURST / 2).stream().map(Flow::assured).toList(),
                CHANGES_PER_SECOND);
            kernel.delete(burst.subList(BURST / 5, 2 * BURST / 5), CHANGES_PER_SECOND);
        }
        return begun;
    }

    private Duration slowestAnswerDuringCommit(Daemon taker) throws IOException {
        CompletableFuture<String> commit = commit(taker);
        long slowest = 0;
        int answers = 0;
        while (!commit.isDone()) {
            long began = System.nanoTime();
            taker.ask(Request.STATS);
            slowest = Math.max(slowest, System.nanoTime() - began);
            answers++;
        }
        commit.join();
        System.out.printf("%d answers during the commit, the slowest after %d ms%n", answers, slowest / 1_000_000);
        assertThat(lab.node2().kernel().size()).isEqualTo(CONNECTIONS);
        assertThat(answers).isGreaterThan(3);
        return Duration.ofNanos(slowest);
    }

    private Daemon replicateToNode2(int connections) {
        lab.node1().start(Program.OURS);
        Daemon taker = lab.node2().start(Program.OURS, lab.node2().config().rehearsed());
        lab.awaitGreeting();
        lab.node1().kernel().create(Pair.OURS_AND_OURS.flows().take(connections), 50_000);
        Eventually.within(REPLICATED, () -> assertThat(taker.cached("external")).isEqualTo(connections));
        return taker;
    }

    private static CompletableFuture<String> commit(Daemon taker) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return taker.ask(Request.COMMIT);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
