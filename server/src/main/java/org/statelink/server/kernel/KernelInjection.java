/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.server.system.Uptime;

/**
 * The way of the peers' states into the kernel at once, where there is no external cache. The state loop fills pages,
 * the kernel loop writes them, one after the other. When many wait, it asks whoever brings states to pause. On the
 * state loop.
 */
public final class KernelInjection {
    private static final int PAUSE_AT = 32;
    private static final int RESUME_AT = 8;

    private final StateInjector injector;
    private final EventLoop state;
    private final EventLoop kernel;
    private final InjectCounters counters = new InjectCounters();
    private final InjectCounters expectationCounters = new InjectCounters();
    private final ArrayDeque<StatePage> waiting = new ArrayDeque<>();
    private final ArrayDeque<StatePage> spare = new ArrayDeque<>();
    private final Runnable handOver = this::handOver;
    private final Runnable inject = this::inject;
    private final Runnable injected = this::injected;
    private final Runnable pageDone = this::pageDone;
    private final Backpressure backpressure;
    private StatePage filling = new StatePage();
    private StatePage working;
    private boolean scheduled;
    private boolean paused;
    private boolean closed;

    /** Stops and restarts what brings states. Called on the state loop. */
    @FunctionalInterface
    public interface Backpressure {
        /** Whether to bring states; those on their way may still come. */
        void setReceiving(boolean receiving);
    }

    /** Through a client on the kernel loop that has no other use; its port's events are to be ignored. */
    public KernelInjection(ConntrackClient client, CommitPreparation flowRules,
                           ExpectationPreparation expectationRules, EventLoop state, Uptime uptime,
                           Backpressure backpressure) {
        this.state = state;
        this.backpressure = backpressure;
        kernel = client.channel().eventLoop();
        injector = new StateInjector(client, flowRules, expectationRules, counters, expectationCounters, uptime);
    }

    /**
     * Takes a state.
     *
     * @param type CT_NEW, CT_UPDATE or CT_DELETE of {@link org.statelink.sync.protocol.MessageType}
     * @param flow read during the call only
     */
    public void add(int type, Conntrack flow) {
        if (!filling.add(type, flow)) {
            beginPage();
            filling.add(type, flow);
        }
        handOverSoon();
    }

    /**
     * Takes a state.
     *
     * @param type EXP_NEW, EXP_UPDATE or EXP_DELETE of {@link org.statelink.sync.protocol.MessageType}
     * @param expectation read during the call only
     */
    public void add(int type, Expectation expectation) {
        if (!filling.add(type, expectation)) {
            beginPage();
            filling.add(type, expectation);
        }
        handOverSoon();
    }

    private void beginPage() {
        waiting.add(filling);
        filling = takePage();
        if (!paused && waiting.size() >= PAUSE_AT) {
            setPaused(true);
        }
    }

    private void handOverSoon() {
        if (!scheduled && working == null) {
            // when all that was read is here, so that it goes in one batch
            scheduled = true;
            state.execute(handOver);
        }
    }

    /** Takes nothing more to the kernel; what waits is lost. */
    public void close() {
        closed = true;
    }

    /** What became of the states of flows. */
    public InjectCounters counters() {
        return counters;
    }

    /** What became of the states of expectations. */
    public InjectCounters expectationCounters() {
        return expectationCounters;
    }

    private StatePage takePage() {
        StatePage page = spare.poll();
        return page == null ? new StatePage() : page;
    }

    private void setPaused(boolean newPaused) {
        paused = newPaused;
        backpressure.setReceiving(!newPaused);
    }

    private void handOver() {
        scheduled = false;
        if (working != null || closed) {
            return;
        }
        working = waiting.poll();
        if (working == null && filling.size() > 0) {
            working = filling;
            filling = takePage();
        }
        if (working != null) {
            kernel.execute(inject);
        }
    }

    private void inject() {
        injector.inject(working, injected);
    }

    /** On the kernel loop. */
    private void injected() {
        state.execute(pageDone);
    }

    private void pageDone() {
        working.clear();
        spare.push(working);
        working = null;
        if (paused && waiting.size() <= RESUME_AT) {
            setPaused(false);
        }
        handOver();
    }
}
