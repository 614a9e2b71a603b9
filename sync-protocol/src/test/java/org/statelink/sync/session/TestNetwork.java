/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A multicast group in memory, that may lose, repeat and delay packets; every node hears every other. */
final class TestNetwork implements AutoCloseable {
    private record Delayed(TestNode from, TestNode to, ByteBuffer packet, int turn) {
    }

    final MockTicker ticker = Ticker.newMockTicker();
    final List<TestNode> nodes = new ArrayList<>();
    private final List<Delayed> delayed = new ArrayList<>();
    private final Random random;
    private int lossPercent;
    private int duplicatePercent;
    private int delayPercent;
    private TestNode cutOff;
    private int turn;

    TestNetwork(long seed) {
        random = new Random(seed);
        ticker.advance(1, TimeUnit.SECONDS);
    }

    TestNode add(String host, SessionOptions options) {
        TestNode node = new TestNode(host, options, ticker);
        nodes.add(node);
        return node;
    }

    void faults(int loss, int duplicate, int delay) {
        lossPercent = loss;
        duplicatePercent = duplicate;
        delayPercent = delay;
    }

    /** Nothing reaches or leaves the node any more; null: all are connected. */
    void cutOff(TestNode node) {
        cutOff = node;
    }

    /** Lets time pass in steps of 10 ms, and delivers what is sent. */
    void run(long milliseconds) {
        for (long passed = 0; passed < milliseconds; passed += 10) {
            ticker.advance(10, TimeUnit.MILLISECONDS);
            nodes.forEach(TestNode::runTimers);
            deliver();
        }
    }

    /** Delivers until nobody has anything to say. */
    void deliver() {
        boolean moved = true;
        for (int rounds = 0; moved && rounds < 10_000; rounds++) {
            moved = false;
            turn++;
            for (TestNode from : List.copyOf(nodes)) {
                for (byte[] packet : from.sent()) {
                    moved = true;
                    distribute(from, packet);
                }
            }
            deliverDelayed();
        }
    }

    private void distribute(TestNode from, byte[] packet) {
        for (TestNode to : nodes) {
            if (to == from || from == cutOff || to == cutOff || happens(lossPercent)) {
                continue;
            }
            if (happens(delayPercent)) {
                delayed.add(new Delayed(from, to, ByteBuffer.wrap(packet), turn + 1 + random.nextInt(20)));
            } else {
                to.receive(packet, from.address);
            }
            if (happens(duplicatePercent)) {
                delayed.add(new Delayed(from, to, ByteBuffer.wrap(packet), turn + random.nextInt(5)));
            }
        }
    }

    private void deliverDelayed() {
        for (Delayed late : List.copyOf(delayed)) {
            if (late.turn() <= turn) {
                delayed.remove(late);
                late.to().receive(late.packet().array(), late.from().address);
            }
        }
    }

    private boolean happens(int percent) {
        return percent > 0 && random.nextInt(100) < percent;
    }

    @Override
    public void close() {
        nodes.forEach(TestNode::close);
    }
}
