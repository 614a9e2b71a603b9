/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.codec.NetlinkException;

/** A loop with an event socket and a request socket, driven from a test's thread. */
final class KernelFixture {
    private static final long SECONDS = 10;

    record Event(ConntrackEventType type, int portId, Conntrack flow) {
    }

    record Announcement(ConntrackEventType type, int portId, Expectation expectation) {
    }

    private final MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Announcement> announcements = new LinkedBlockingQueue<>();
    private final EventLoop loop = group.next();
    private final ConntrackEvents subscription;
    ConntrackClient client;
    volatile int overruns;
    /** Most events that came before the loop served somebody else. */
    volatile int largestBurst;

    KernelFixture(NetlinkChannelFactory kernel) throws Exception {
        subscription = await(ConntrackEvents.open(kernel, loop, new ConntrackEventOptions(1 << 20, false,
            ConntrackGroup.ALL | ConntrackGroup.ALL_EXPECTATIONS),
            new Recorder()));
        client = await(ConntrackClient.open(kernel, loop));
    }

    private final class Recorder implements ConntrackEventListener {
        private int burst;

        @Override
        public void onEvent(ConntrackEventType type, int portId, Conntrack flow) {
            if (Flows.isOurs(flow)) {
                events.add(new Event(type, portId, Flows.copy(flow)));
                burst++;
            }
        }

        @Override
        public void onExpectation(ConntrackEventType type, int portId, Expectation expectation) {
            if (Expectations.isOurs(expectation)) {
                announcements.add(new Announcement(type, portId, Expectations.copy(expectation)));
            }
        }

        @Override
        public void onReadComplete() {
            largestBurst = Math.max(largestBurst, burst);
            burst = 0;
        }

        @Override
        public void onOverrun() {
            overruns = 1;
        }
    }

    EventLoop loop() {
        return loop;
    }

    ConntrackEvents subscription() {
        return subscription;
    }

    static <T> T await(Future<T> future) throws Exception {
        assertThat(future.await(SECONDS, TimeUnit.SECONDS)).as("answered in time").isTrue();
        if (!future.isSuccess()) {
            throw (Exception) future.cause();
        }
        return future.getNow();
    }

    /** Calls something on the loop and waits for the future that it returns. */
    <T> T call(Callable<Future<T>> request) throws Exception {
        return await(await(loop.submit(request)));
    }

    void create(Conntrack flow) throws Exception {
        call(() -> client.create(flow));
    }

    /** The errno of a request that fails; 0 if it does not. */
    <T> int errno(Callable<Future<T>> request) throws Exception {
        try {
            call(request);
            return 0;
        } catch (NetlinkException e) {
            return e.errno();
        }
    }

    /** What the kernel knows of a flow; null if nothing. */
    Conntrack get(Conntrack key) throws Exception {
        Conntrack answer = new Conntrack();
        boolean found = call(() -> client.get(key, answer::set));
        return found ? answer : null;
    }

    List<Conntrack> dump(DumpOptions options) throws Exception {
        List<Conntrack> flows = new ArrayList<>();
        call(() -> client.dump(options, flow -> {
            if (Flows.isOurs(flow)) {
                flows.add(Flows.copy(flow));
            }
        }));
        return flows;
    }

    List<Expectation> expectations(int family) throws Exception {
        List<Expectation> found = new ArrayList<>();
        call(() -> client.dumpExpectations(family, expectation -> {
            if (Expectations.isOurs(expectation)) {
                found.add(Expectations.copy(expectation));
            }
        }));
        return found;
    }

    /** What the kernel knows of an expectation; null if nothing. */
    Expectation get(Expectation key) throws Exception {
        Expectation answer = new Expectation();
        boolean found = call(() -> client.get(key, answer::set));
        return found ? answer : null;
    }

    /** The next event of one of our expectations. */
    Announcement announcement() throws InterruptedException {
        Announcement announcement = announcements.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(announcement).as("an event of an expectation").isNotNull();
        return announcement;
    }

    /** The next event of one of our flows. */
    Event event() throws InterruptedException {
        Event event = events.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }

    /** The next event of a type, skipping others. */
    Event event(ConntrackEventType type) throws InterruptedException {
        Event event = event();
        while (event.type() != type) {
            event = event();
        }
        return event;
    }

    void forgetEvents() {
        events.clear();
        announcements.clear();
    }

    void reopenClient(NetlinkChannelFactory kernel) throws Exception {
        client = await(ConntrackClient.open(kernel, loop));
    }

    void deleteOurs() throws Exception {
        List<Conntrack> ours = dump(DumpOptions.ALL);
        if (ours.isEmpty()) {
            return;
        }
        call(() -> {
            Promise<Void> done = loop.newPromise();
            client.onResult((token, errno, message) -> {
                if (token == ours.size()) {
                    done.setSuccess(null);
                }
            });
            for (int i = 0; i < ours.size(); i++) {
                client.submit(ConntrackRequest.DELETE, ours.get(i), i + 1);
            }
            client.flushRequests();
            return done;
        });
    }

    void close() throws Exception {
        deleteOurs();
        client.close();
        subscription.close();
        group.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).await(SECONDS, TimeUnit.SECONDS);
    }
}
