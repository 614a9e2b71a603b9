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
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;
import org.statelink.server.cache.CacheCounter;

/**
 * Two nodes in memory live through some ten thousand events, so that the JVM compiles the road from the kernel to the
 * peer, and there into the kernel, before the first real burst takes it. A cold JVM is ten times slower, which a kernel
 * that sends 20,000 events a second does not wait for.
 *
 * <p>It runs on a thread of its own, at normal priority, and ends after a given time or when it has done enough.
 */
public final class Rehearsal {
    /** Flows that each node comes to know. */
    static final int FLOWS = 4096;
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int BURST = 64;
    private static final int ROUNDS = 4;

    private final EventLoop loop = new DefaultEventLoop(new DefaultThreadFactory("rehearsal", true));
    private final Promise<Long> done = loop.newPromise();
    private final Conntrack flow = new Conntrack();
    private final long endNanos;
    private RehearsedNode a;
    private RehearsedNode b;
    private long step;

    private Rehearsal(long nanos) {
        endNanos = System.nanoTime() + nanos;
    }

    /** Starts one; the future tells how many events were rehearsed. */
    public static Future<Long> start(long time, TimeUnit unit) {
        Rehearsal rehearsal = new Rehearsal(unit.toNanos(time));
        rehearsal.loop.execute(rehearsal::open);
        return rehearsal.done;
    }

    private void open() {
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
        fill((int) (number % FLOWS), phase);
        if (phase == ROUNDS - 1) {
            a.kernel().expire(flow);
        } else {
            a.kernel().traffic(flow);
        }
    }

    private void fill(int index, int phase) {
        flow.clear();
        flow.original().setIpv4(0xc6336400 | index & 0x3f, 0xcb007101);
        flow.original().setProtocol((index & 3) == 0 ? IpProtocol.UDP : IpProtocol.TCP);
        flow.original().setPorts(1024 + index, 443);
        flow.setStatus(Status.CONFIRMED | (phase > 0 ? Status.SEEN_REPLY | Status.ASSURED : 0));
        flow.setTimeout(300);
        flow.setMark(index & 1);
        if (flow.original().protocol() == IpProtocol.TCP) {
            flow.protocol().setState(1 + phase);
            flow.mark(Field.PROTOCOL_STATE);
        }
    }

    private void deliver() {
        a.deliverTo(b);
        b.deliverTo(a);
        if (step >= (long) FLOWS * ROUNDS * 2 || System.nanoTime() >= endNanos) {
            end();
        } else if (step % FLOWS == 0 && step < FLOWS * ROUNDS) {
            // the peer takes over what is there: first it is made, then it is changed
            b.commit(() -> loop.execute(this::burst));
        } else {
            loop.execute(this::burst);
        }
    }

    private void end() {
        long told = b.external().counters().get(CacheCounter.CREATED);
        a.close();
        b.close();
        LOG.debug("rehearsed {} events, {} flows told", step, told);
        done.setSuccess(told);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
