/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.rehearsal;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Conntrack;
import org.statelink.server.cache.CacheCounter;
import org.statelink.server.system.ThreadScheduling;

/**
 * Two nodes in memory live through some ten thousand events, so that the JVM compiles the road from the kernel to the
 * peer, and there into the kernel, before the first real burst takes it. A cold JVM is ten times slower, which a kernel
 * that sends 20,000 events a second does not wait for.
 *
 * <p>It runs on a thread of its own, which leaves the processors to the real thing, and ends after a given time
 * or when it has done enough.
 */
public final class Rehearsal {
    /** Flows that each node comes to know. */
    static final int FLOWS = 4096;
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int BURST = 64;
    private static final int ROUNDS = 4;
    /** Not more: all threads wait for this one when the JVM stops them to collect garbage. */
    private static final int NICE = 5;

    private final EventLoop loop = new DefaultEventLoop(new DefaultThreadFactory("rehearsal", true));
    private final Promise<Outcome> done = loop.newPromise();
    private final Conntrack flow = new Conntrack();
    private final long endNanos;
    private RehearsedNode a;
    private RehearsedNode b;
    private long step;

    /**
     * What was rehearsed.
     *
     * @param told flows that came to the peer
     * @param committed those that the peer's kernel took
     * @param refused those that it did not take
     */
    public record Outcome(long told, long committed, long refused) {
    }

    private Rehearsal(long nanos) {
        endNanos = System.nanoTime() + nanos;
    }

    /** Starts one; the future tells what came of it. */
    public static Future<Outcome> start(long time, TimeUnit unit) {
        Rehearsal rehearsal = new Rehearsal(unit.toNanos(time));
        rehearsal.loop.execute(rehearsal::open);
        return rehearsal.done;
    }

    private void open() {
        ThreadScheduling.setNice(NICE);
        a = new RehearsedNode(loop, InetSocketAddress.createUnresolved("a", 1));
        b = new RehearsedNode(loop, InetSocketAddress.createUnresolved("b", 2));
        a.start();
        b.start();
        loop.execute(this::burst);
    }

    /** Each flow is made, changed twice, and ends. */
    private void burst() {
        for (int i = 0; i < BURST; i++) {
            event(step++);
        }
        // after the events, which come as tasks of this loop
        loop.execute(this::deliver);
    }

    private void event(long number) {
        int phase = (int) (number / FLOWS) % ROUNDS;
        RehearsedFlows.fill(flow, (int) (number % FLOWS), phase);
        if (phase == ROUNDS - 1) {
            a.kernel().expire(flow);
        } else {
            a.kernel().traffic(flow);
        }
    }

    private void deliver() {
        a.deliverTo(b);
        b.deliverTo(a);
        if (step >= (long) FLOWS * ROUNDS * 2 || System.nanoTime() >= endNanos) {
            end();
        } else if (step % FLOWS == 0 && step < FLOWS * ROUNDS) {
            // first the flows are made, then they are changed
            b.takeOver(() -> loop.execute(this::burst));
        } else {
            loop.execute(this::burst);
        }
    }

    private void end() {
        Outcome outcome = new Outcome(b.external().counters().get(CacheCounter.CREATED), b.committed(), b.refused());
        a.close();
        b.close();
        LOG.debug("rehearsed {} events: {}", step, outcome);
        done.setSuccess(outcome);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
