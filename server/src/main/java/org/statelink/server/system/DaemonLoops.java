/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.Scheduler;

/**
 * The daemon's three threads. {@code state} owns caches, mode, links and timers; {@code kernel} does what keeps the
 * kernel busy within a system call; {@code control} serves clients and formats text.
 */
public final class DaemonLoops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonLoops.class);
    private static final int LEAST_NICE = -20;
    private static final int KERNEL_ADVANTAGE = 10;

    private final int niceAtStart = ThreadScheduling.nice();
    private final Rests rests = new Rests(Ticker.systemTicker(), LockSupport::parkNanos);
    private final EventLoopGroup state = oneThread("state", EpollIoHandler.newFactory(0, () -> rests));
    private final EventLoopGroup kernel = oneThread("kernel", EpollIoHandler.newFactory());
    private final EventLoopGroup control = oneThread("control", EpollIoHandler.newFactory());

    /**
     * Puts the state loop, which must keep up with the kernel, before the machine's other work; so does conntrackd with
     * all it does. The other two stay behind: on a machine of two processors a commit in real time would leave none for
     * those who ask how it goes; and the state loop rests now and then. Where that is not permitted, a warning says so.
     */
    public void enterRealTime(Scheduler scheduler) {
        boolean permitted = state()
            .submit(() -> ThreadScheduling.enterRealTime(scheduler.type().number(), scheduler.priority()))
            .awaitUninterruptibly().getNow();
        if (permitted) {
            state().execute(rests::begin);
        } else {
            LOG.warn("cannot use the {} scheduler at priority {}: going on with the normal one (it takes CAP_SYS_NICE)",
                scheduler.type(), scheduler.priority());
        }
    }

    /**
     * Gives all threads a nice value, which counts while they are not in real time. With 0, which is none in
     * particular, they have that of the start, and the kernel loop a lower one: while it commits, connections stand
     * still. So has the JVM's thread that wakes all after a pause: the kernel loop, woken first, would push it aside
     * in the middle of that. Where it is not permitted, the log says so.
     */
    public void setNice(int wanted) {
        int nice = wanted == 0 ? niceAtStart : wanted;
        int kernelNice = wanted == 0 ? Math.max(LEAST_NICE, niceAtStart - KERNEL_ADVANTAGE) : wanted;
        boolean permitted = setNice(state, nice);
        permitted &= setNice(control, nice);
        boolean advantage = setNice(kernel, kernelNice);
        advantage &= VmThread.setNice(kernelNice);
        if (!permitted) {
            LOG.warn("cannot set the nice value {}: going on with that of the start (a lower one takes CAP_SYS_NICE)",
                nice);
        } else if (!advantage) {
            LOG.info("a commit does not go before the machine's other work (that takes CAP_SYS_NICE)");
        }
    }

    private static boolean setNice(EventLoopGroup loop, int nice) {
        return loop.submit(() -> ThreadScheduling.setNice(nice)).awaitUninterruptibly().getNow();
    }

    private static EventLoopGroup oneThread(String name, IoHandlerFactory io) {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name), io);
    }

    public EventLoop state() {
        return state.next();
    }

    public EventLoop kernel() {
        return kernel.next();
    }

    public EventLoopGroup control() {
        return control;
    }

    /** Ends the threads, the owner of the state last; what they still have to do is done first. */
    @Override
    public void close() {
        control.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        kernel.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        state.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
