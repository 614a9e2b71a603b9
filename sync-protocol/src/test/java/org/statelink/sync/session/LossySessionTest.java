/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.statelink.sync.protocol.SyncCounter;

final class LossySessionTest {
    private static final int FLOWS = 3000;
    private static final SessionOptions OPTIONS = new SessionOptions(50, 131_072, 1_700_000_000, 5, 60);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void shouldConvergeInSpiteOfFaults(long seed) {
        Random random = new Random(seed);
        try (TestNetwork network = new TestNetwork(seed)) {
            TestNode sender = network.add("198.51.100.1", OPTIONS);
            TestNode receiver = network.add("198.51.100.2", OPTIONS.withFirstSequence(-200));
            greet(network);

            misbehave(network, random);
            live(network, random, 25);

            assertEqual(sender, receiver, seed);
            assertThat(sender.count(SyncCounter.STATES_RESENT)).isPositive();
            assertNothingIsLeftUnacknowledged(sender.session, seed);
            assertThat(sender.flows.size()).as("no dying flow is left").isEqualTo(sender.flows.table().size());
        }
    }

    /** What is said before, and while, the two greet each other gets lost as easily as anything else. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void shouldLoseNothingThoughThePeerComesLateAndTheLinkIsBad(long seed) {
        Random random = new Random(seed);
        try (TestNetwork network = new TestNetwork(seed)) {
            TestNode sender = network.add("198.51.100.1", OPTIONS);
            TestNode receiver = network.add("198.51.100.2", OPTIONS.withFirstSequence(random.nextInt()));
            misbehave(network, random);
            sender.session.start();
            network.cutOff(receiver);
            for (int round = 0; round < 10; round++) {
                churn(sender.flows, random, 300);
                sender.session.transmit();
                network.run(500);
            }
            network.cutOff(null);
            receiver.session.start();
            live(network, random, 10);

            assertEqual(sender, receiver, seed);
            assertNoObjectIsLeftUnacknowledged(sender.session, seed);
        }
    }

    @Test
    void shouldBringAThirdNodeUpToDateThatWasCutOff() {
        try (TestNetwork network = new TestNetwork(7)) {
            TestNode sender = network.add("198.51.100.1", OPTIONS);
            TestNode backup = network.add("198.51.100.2", OPTIONS.withFirstSequence(90_000_000));
            TestNode third = network.add("198.51.100.3", OPTIONS.withFirstSequence(-90_000_000));
            greet(network);
            Random random = new Random(7);

            network.cutOff(third);
            for (int round = 0; round < 30; round++) {
                churn(sender.flows, random, 300);
                sender.session.transmit();
                network.run(200);
            }
            assertThat(backup.external).isEqualTo(sender.flows.table());
            assertThat(third.external).isEmpty();
            network.cutOff(null);
            network.run(5000);

            assertThat(third.external).isEqualTo(sender.flows.table());
            assertThat(backup.external).isEqualTo(sender.flows.table());
            assertNothingIsLeftUnacknowledged(sender.session, 7);
        }
    }

    /** But the last acknowledgements, which go to and fro for ever. */
    private static void assertNothingIsLeftUnacknowledged(SyncSession session, long seed) {
        assertNoObjectIsLeftUnacknowledged(session, seed);
        session.forEachResend(new ResendVisitor() {
            @Override
            public void onObject(int sequence, int ref) {
            }

            @Override
            public void onControl(int sequence, int flags) {
                assertThat(session.nextSequence() - sequence).as("seed %d", seed).isLessThan(6);
            }
        });
    }

    private static void assertNoObjectIsLeftUnacknowledged(SyncSession session, long seed) {
        session.forEachResend(new ResendVisitor() {
            @Override
            public void onObject(int sequence, int ref) {
                throw new AssertionError("seed " + seed + ": an object waits under number " + sequence);
            }

            @Override
            public void onControl(int sequence, int flags) {
            }
        });
    }

    private static void misbehave(TestNetwork network, Random random) {
        network.faults(5 + random.nextInt(26), 5 + random.nextInt(26), 5 + random.nextInt(26));
    }

    /** Much happens on the first node and a little on the second; then the network behaves again. */
    private static void live(TestNetwork network, Random random, int rounds) {
        TestNode sender = network.nodes.getFirst();
        TestNode receiver = network.nodes.getLast();
        for (int round = 0; round < rounds; round++) {
            churn(sender.flows, random, 300);
            churn(receiver.flows, random, 20);
            sender.session.transmit();
            receiver.session.transmit();
            network.run(50);
        }
        network.faults(0, 0, 0);
        network.run(8000);
    }

    private static void assertEqual(TestNode sender, TestNode receiver, long seed) {
        assertThat(receiver.external).as("seed %d", seed).isEqualTo(sender.flows.table());
        assertThat(sender.external).as("seed %d", seed).isEqualTo(receiver.flows.table());
    }

    private static void greet(TestNetwork network) {
        network.nodes.forEach(node -> node.session.start());
        network.run(3000);
    }

    private static void churn(TestFlows flows, Random random, int count) {
        for (int change = 0; change < count; change++) {
            int number = 1 + random.nextInt(FLOWS);
            int version = random.nextInt();
            if (!flows.isAlive(number)) {
                flows.create(number, version);
            } else if (random.nextInt(4) == 0) {
                flows.destroy(number);
            } else {
                flows.update(number, version);
            }
        }
    }
}
