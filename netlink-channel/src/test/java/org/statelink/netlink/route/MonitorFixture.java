/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Future;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.statelink.netlink.NetlinkChannelFactory;

/** A monitor on a loop of its own, driven from a test's thread. */
final class MonitorFixture {
    private static final long SECONDS = 10;

    private final MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final InterfaceMonitor monitor;

    MonitorFixture(NetlinkChannelFactory kernel) throws Exception {
        monitor = await(InterfaceMonitor.open(kernel, loop, new Recorder()));
    }

    private final class Recorder implements InterfaceListener {
        @Override
        public void onInterface(InterfaceState state) {
            told.add(state.name() + " " + state.status());
        }

        @Override
        public void onInterfaceGone(InterfaceState state) {
            told.add(state.name() + " gone");
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        assertThat(future.await(SECONDS, TimeUnit.SECONDS)).as("answered in time").isTrue();
        if (!future.isSuccess()) {
            throw (Exception) future.cause();
        }
        return future.getNow();
    }

    private <T> T onLoop(Callable<T> question) throws Exception {
        return await(loop.submit(question));
    }

    Optional<InterfaceStatus> status(String name) throws Exception {
        return onLoop(() -> monitor.find(name).map(InterfaceState::status));
    }

    int index(String name) throws Exception {
        return onLoop(() -> monitor.find(name).orElseThrow().index());
    }

    long malformed() throws Exception {
        return onLoop(monitor::malformed);
    }

    /** Waits until the listener is told so; what comes before it is skipped. */
    void await(String news) throws InterruptedException {
        String next = told.poll(SECONDS, TimeUnit.SECONDS);
        while (next != null && !next.equals(news)) {
            next = told.poll(SECONDS, TimeUnit.SECONDS);
        }
        assertThat(next).as("news").isEqualTo(news);
    }

    /** Waits until the listener is told all of this, in whatever order; anything else is skipped. */
    void awaitInAnyOrder(String... news) throws InterruptedException {
        Set<String> missing = new HashSet<>(Set.of(news));
        while (!missing.isEmpty()) {
            String next = next();
            assertThat(next).as("news, of which are still to come %s", missing).isNotNull();
            missing.remove(next);
        }
    }

    /** What the listener is told next. */
    String next() throws InterruptedException {
        return told.poll(SECONDS, TimeUnit.SECONDS);
    }

    void forget() {
        told.clear();
    }

    void close() throws InterruptedException {
        monitor.close();
        group.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).await(SECONDS, TimeUnit.SECONDS);
    }
}
