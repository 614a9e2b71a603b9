/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;

import static org.assertj.core.api.Assertions.assertThat;

/** A commit is long; the daemon is there all the same. */
@Tag("netns")
@Timeout(180)
class CommitIT {
    private static final int CONNECTIONS = 200_000;
    private static final int COMMITS = 4;
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
        Daemon taker = replicateToNode2();
        Duration best = slowestAnswerDuringCommit(taker);
        for (int again = 1; again < COMMITS && best.compareTo(ANSWER) >= 0; again++) {
            Duration slowest = slowestAnswerDuringCommit(taker);
            best = slowest.compareTo(best) < 0 ? slowest : best;
        }
        assertThat(best).isLessThan(ANSWER);
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

    private Daemon replicateToNode2() {
        lab.start(Pair.OURS_AND_OURS);
        lab.node1().kernel().create(Pair.OURS_AND_OURS.flows().take(CONNECTIONS), 50_000);
        Daemon taker = lab.node2().daemon();
        Eventually.within(REPLICATED, () -> assertThat(taker.cached("external")).isEqualTo(CONNECTIONS));
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
