/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Conntrack;

/**
 * Logs flows that ended, on a thread of its own. Where none is to be logged there is no thread either. The state loop
 * hands copies over through a bounded queue and never waits; what finds the queue full is dropped and counted.
 */
public final class FlowLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowLog.class);
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final FlowQueue queue;
    private final List<LogTarget> targets;
    private final InstantSource clock;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = new Thread(this::run, "flow log");
    private volatile boolean napping;
    private volatile boolean closed;

    FlowLog(int queueLength, List<LogTarget> targets, InstantSource clock) {
        queue = new FlowQueue(queueLength);
        this.targets = List.copyOf(targets);
        this.clock = clock;
        writer.setDaemon(true);
        if (!targets.isEmpty()) {
            writer.start();
        }
    }

    /** Takes a copy of a flow that has ended. On the state loop; allocates nothing. */
    public void add(Conntrack flow, EndReason reason) {
        if (!targets.isEmpty() && !queue.add(flow, reason, clock.millis())) {
            dropped.lazySet(dropped.getPlain() + 1);
        }
    }

    /** No more flows come for now. On the state loop. */
    public void flush() {
        if (napping) {
            LockSupport.unpark(writer);
        }
    }

    private void run() {
        while (!closed) {
            writeAll();
            nap();
        }
        writeAll();
        targets.forEach(target -> target.sink().close(clock.millis()));
    }

    private void nap() {
        napping = true;
        if (queue.peek() == null && !closed) {
            LockSupport.parkNanos(NAP_NANOS);
        }
        napping = false;
    }

    private void writeAll() {
        for (EndedFlow flow = queue.peek(); flow != null; flow = queue.peek()) {
            for (LogTarget target : targets) {
                target.add(flow);
            }
            queue.remove();
        }
        targets.forEach(target -> target.sink().tick(clock.millis()));
    }

    /** The figures as they are now. Any thread. */
    public FlowLogFigures figures() {
        long written = 0;
        long lost = 0;
        for (LogTarget target : targets) {
            written += target.sink().count().written();
            lost += target.sink().count().lost();
        }
        return new FlowLogFigures(targets.size(), queue.size(), dropped.get(), written, lost);
    }

    /** Writes what waits, for some seconds at most, and ends. Not on the thread of the log. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        try {
            writer.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (writer.isAlive()) {
            LOG.warn("the flow log could not be written to its end");
        }
    }
}
