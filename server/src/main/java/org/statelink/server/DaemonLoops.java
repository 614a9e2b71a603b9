/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The daemon's three threads. {@code state} owns caches, mode, links and timers; {@code kernel} does what keeps the
 * kernel busy within a system call; {@code control} serves clients and formats text.
 */
final class DaemonLoops implements AutoCloseable {
    private final EventLoopGroup state = oneThread("state");
    private final EventLoopGroup kernel = oneThread("kernel");
    private final EventLoopGroup control = oneThread("control");

    private static EventLoopGroup oneThread(String name) {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name), EpollIoHandler.newFactory());
    }

    EventLoop state() {
        return state.next();
    }

    EventLoop kernel() {
        return kernel.next();
    }

    EventLoopGroup control() {
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
