/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Kernel;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.Relay;
import org.statelink.it.lab.Relay.Fate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A dedicated link that loses, repeats, delays and corrupts datagrams in both directions, while connections come,
 * change and go. {@code -Drelay.seeds=20} tries so many seeds instead of one, {@code -Drelay.seed=N} begins with a
 * certain one.
 */
@Tag("netns")
@Timeout(120)
class RelayIT {
    private static final int ROUNDS = 20;
    private static final int CREATED = 2_500;
    private static final int CHANGED = 1_500;
    private static final int ENDED = 1_000;
    private static final int PER_SECOND = 10_000;
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long SEED = Long.getLong("relay.seed", System.nanoTime());

    @RegisterExtension
    final Lab lab = new Lab();

    static LongStream seeds() {
        return LongStream.range(SEED, SEED + Integer.getInteger("relay.seeds", 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldKeepBothNodesEqual(long seed) throws Exception {
        Relay relay = lab.relay(seed);
        relay.setBad(true);
        replicate(Pair.OURS_AND_OURS, relay, seed);
    }

    /** Two of ours greet each other through whatever there is; conntrackd relies on a link that works meanwhile. */
    @Test
    void shouldKeepConntrackdEqual() throws Exception {
        replicate(Pair.OURS_AND_REFERENCE, lab.relay(SEED), SEED);
    }

    private void replicate(Pair pair, Relay relay, long seed) throws IOException {
        System.out.println("seed " + seed);
        lab.start(pair);
        relay.setBad(true);
        live(lab.node1().kernel(), pair, new Random(seed));
        long since = System.nanoTime();
        assertTakenOver(lab.node1(), lab.node2());
        System.out.printf("equal after %d ms; %d lost, %d duplicated, %d delayed, %d corrupted%n",
            (System.nanoTime() - since) / 1_000_000, relay.count(Fate.LOST), relay.count(Fate.DUPLICATED),
            relay.count(Fate.DELAYED), relay.count(Fate.CORRUPTED));
        for (Fate fate : Fate.values()) {
            assertThat(relay.count(fate)).as("%s", fate).isPositive();
        }
        for (Node node : List.of(lab.node1(), lab.node2())) {
            assertThat(node.daemon().counter(Request.STATS_NETWORK, "Malformed messages")).isZero();
        }
    }

    /** 100,000 changes. */
    private static void live(Kernel kernel, Pair pair, Random random) {
        List<Flow> fresh = pair.flows().take(ROUNDS * CREATED);
        List<Flow> alive = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Flow> created = fresh.subList(round * CREATED, (round + 1) * CREATED);
            kernel.create(created, PER_SECOND);
            alive.addAll(created);
            Collections.shuffle(alive, random);
            kernel.update(alive.stream().limit(CHANGED).map(flow -> flow.assured().mark(random.nextInt())).toList(),
                PER_SECOND);
            List<Flow> ended = alive.subList(alive.size() - ENDED, alive.size());
            kernel.delete(ended, PER_SECOND);
            ended.clear();
        }
    }

    private static void assertTakenOver(Node from, Node to) {
        SortedSet<String> expected = from.kernel().flowsAsCached();
        assertThat(expected).hasSize(ROUNDS * (CREATED - ENDED));
        Eventually.within(GRACE, () ->
            Tables.assertSame("external cache of " + to.name(), to.daemon().externalCache(), expected));
    }
}
