/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A start under way: the threads, the clock, and what was opened so far, to be closed again if the start fails. Used
 * on the starting thread, which waits there for what the loops do.
 */
public final class StartUp {
    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);

    private final DaemonLoops loops;
    private final Uptime uptime = new Uptime(Ticker.systemTicker());
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Starts on these threads; the clock begins now. */
    public StartUp(DaemonLoops loops) {
        this.loops = loops;
    }

    /** The daemon's threads. */
    public DaemonLoops loops() {
        return loops;
    }

    /** The daemon's clock. */
    public Uptime uptime() {
        return uptime;
    }

    /** Keeps what was opened, to be closed on the state loop by {@link #giveUp}. */
    public <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    /** Runs the action on the state loop and waits for it. */
    public void onState(Runnable action) throws StartException {
        await(loops.state().submit(action), "internal error");
    }

    /** Runs the action on the state loop, waits for it, and returns its result. */
    public <T> T call(Callable<T> action) throws StartException {
        return await(loops.state().submit(action), "internal error");
    }

    /**
     * Waits on a thread that is no loop.
     *
     * @param what what could not be done if it fails
     * @throws StartException if it fails, with the reason
     */
    public static <T> T await(Future<T> future, String what) throws StartException {
        if (!future.awaitUninterruptibly().isSuccess()) {
            throw StartException.because(what, future.cause());
        }
        return future.getNow();
    }

    /** Closes all that was opened, the last first. */
    public void giveUp() {
        loops.state().submit(() -> opened.reversed().forEach(StartUp::close)).awaitUninterruptibly();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("while giving up the start", e);
        }
    }
}
