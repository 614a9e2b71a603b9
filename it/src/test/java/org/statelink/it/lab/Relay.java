/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Stands between two interfaces and carries every frame from one to the other, but treats those of the dedicated link
 * as a bad network would. What happens to the n-th frame in a direction depends on the seed alone.
 */
public final class Relay implements AutoCloseable {
    private static final int MAX_DELAY_MICROS = 20_000;

    /** What can happen to a frame; to most nothing does. */
    public enum Fate {
        LOST(10), DUPLICATED(10), DELAYED(20), CORRUPTED(1);

        private final int percent;

        Fate(int percent) {
            this.percent = percent;
        }
    }

    private final Namespace namespace;
    private final String[] interfaces;
    private final RawSocket[] sides = new RawSocket[2];
    private final Thread[] carriers = new Thread[2];
    private final ScheduledExecutorService late =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("late frames").factory());
    private final AtomicIntegerArray fates = new AtomicIntegerArray(Fate.values().length);
    private volatile boolean bad;

    Relay(Namespace namespace, String left, String right, long seed) {
        this.namespace = namespace;
        interfaces = new String[] {left, right};
        for (int side = 0; side < 2; side++) {
            sides[side] = RawSocket.packet(namespace, interfaces[side]);
        }
        for (int side = 0; side < 2; side++) {
            RawSocket from = sides[side];
            RawSocket to = sides[1 - side];
            Random random = new Random(2 * seed + side);
            carriers[side] = Thread.ofPlatform().daemon().name("relay").start(() -> carryAll(from, to, random));
        }
    }

    /** From now on the network is bad, or good again. */
    public void setBad(boolean isBad) {
        bad = isBad;
    }

    /** How many frames met a fate. */
    public int count(Fate fate) {
        return fates.get(fate.ordinal());
    }

    private void carryAll(RawSocket from, RawSocket to, Random random) {
        try {
            while (true) {
                ByteBuffer frame = from.receive().order(ByteOrder.BIG_ENDIAN);
                if (SyncFrame.is(frame)) {
                    carry(SyncFrame.of(frame), to, random);
                } else {
                    to.send(frame);
                }
            }
        } catch (IOException e) {
            // an interface is gone, the test is over
        }
    }

    private void carry(SyncFrame frame, RawSocket to, Random random) throws IOException {
        Optional<Fate> fate = bad ? fate(random.nextInt(100)) : Optional.empty();
        int chance = random.nextInt();
        if (fate.isEmpty()) {
            to.send(frame.bytes());
            return;
        }
        fates.incrementAndGet(fate.get().ordinal());
        switch (fate.get()) {
            case LOST -> { }
            case DUPLICATED -> {
                to.send(frame.bytes());
                sendLate(frame, to, chance);
            }
            case DELAYED -> sendLate(frame, to, chance);
            case CORRUPTED -> {
                frame.corrupt(chance);
                to.send(frame.bytes());
            }
        }
    }

    private static Optional<Fate> fate(int percent) {
        int upTo = 0;
        for (Fate fate : Fate.values()) {
            upTo += fate.percent;
            if (percent < upTo) {
                return Optional.of(fate);
            }
        }
        return Optional.empty();
    }

    private void sendLate(SyncFrame frame, RawSocket to, int chance) {
        ByteBuffer copy = ByteBuffer.allocate(frame.bytes().remaining()).put(frame.bytes().duplicate()).flip();
        late.schedule(() -> {
            to.send(copy);
            return null;
        }, Math.floorMod(chance, MAX_DELAY_MICROS), TimeUnit.MICROSECONDS);
    }

    /** Ends it with its interfaces. */
    @Override
    public void close() {
        late.shutdownNow();
        for (String side : interfaces) {
            namespace.run("ip", "link", "del", side);
        }
        try {
            late.awaitTermination(1, TimeUnit.SECONDS);
            for (int side = 0; side < 2; side++) {
                carriers[side].join();
                sides[side].close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
