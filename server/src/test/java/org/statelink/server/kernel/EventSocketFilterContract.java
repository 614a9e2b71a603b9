/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.config.Filter;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackEventListener;
import org.statelink.conntrack.netlink.ConntrackEventOptions;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.netlink.NetlinkChannelFactory;

/**
 * The kernel keeps from the event socket what it is told to: run on the double and on the real kernel. Two sockets
 * listen; one has the program, the other one tells what the program should have done.
 */
abstract class EventSocketFilterContract {
    private static final int ROUNDS = 60;
    private static final int FLOWS = 25;

    private final MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Recorder unfiltered = new Recorder();
    private final Recorder filtered = new Recorder();
    private final OwnPorts ownPorts = new OwnPorts();
    private ConntrackClient client;
    private ConntrackClient own;
    private ConntrackEvents all;
    private ConntrackEvents some;
    private EventSocketFilter socketFilter;

    private record Event(ConntrackEventType type, Conntrack flow) {
        @Override
        public String toString() {
            return type + " " + flow.original() + " " + flow.reply() + " state " + flow.protocol().state();
        }
    }

    /** Keeps what is told of this test's own flows. */
    private static final class Recorder implements ConntrackEventListener {
        private final List<Event> events = new ArrayList<>();

        @Override
        public synchronized void onEvent(ConntrackEventType type, int portId, Conntrack flow) {
            if (RandomFilters.isOurs(flow)) {
                Conntrack copy = new Conntrack();
                copy.set(flow);
                events.add(new Event(type, copy));
            }
        }

        @Override
        public void onReadComplete() {
            // events are looked at one by one
        }

        @Override
        public void onOverrun() {
            throw new AssertionError("the buffer is large enough");
        }

        synchronized List<Event> matching(Predicate<Event> predicate) {
            return events.stream().filter(predicate).toList();
        }

        synchronized void clear() {
            events.clear();
        }
    }

    abstract NetlinkChannelFactory kernel();

    @BeforeEach
    void open() throws Exception {
        ConntrackEventOptions options = new ConntrackEventOptions(1 << 22, false);
        all = ConntrackEvents.open(kernel(), loop, options, unfiltered).get();
        some = ConntrackEvents.open(kernel(), loop, options, filtered).get();
        client = ConntrackClient.open(kernel(), loop).get();
        own = ConntrackClient.open(kernel(), loop).get();
        ownPorts.add(own.portId());
        socketFilter = new EventSocketFilter(ownPorts, some.channel());
    }

    @AfterEach
    void close() throws Exception {
        all.close();
        some.close();
        own.close();
        client.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
    }

    @Test
    void shouldKeepFromTheSocketWhatOwnRequestsDid() throws Exception {
        Conntrack flow = new RandomFilters(new Random(1)).flow(0);
        for (Filter filter : List.of(Filter.NONE, new RandomFilters(new Random(2)).any())) {
            socketFilter.apply(filter);
            call(() -> own.create(flow));
            call(() -> own.update(flow));
            call(() -> own.delete(flow));
            await(() -> unfiltered.matching(event -> true).size() == 3);
            assertThat(filtered.matching(event -> true)).isEmpty();
            unfiltered.clear();
        }
    }

    @Test
    void shouldKeepFromTheSocketWhatTheFilterIgnoresAndNothingElse() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int passed = 0;
        int ignored = 0;
        for (int round = 0; round < ROUNDS; round++) {
            RandomFilters filters = new RandomFilters(random);
            Filter filter = filters.any();
            socketFilter.apply(filter);
            createAndDelete(filters);
            EventFilter inUserSpace = new EventFilter(filter);
            List<Event> expected = unfiltered.matching(event -> inUserSpace.accepts(event.flow()));
            await(() -> filtered.matching(event -> true).size() >= expected.size());
            assertThat(filtered.matching(event -> true)).as("seed %d, round %d, %s", seed, round, filter)
                .extracting(Event::toString).isEqualTo(expected.stream().map(Event::toString).toList());
            passed += expected.size();
            ignored += unfiltered.matching(event -> true).size() - expected.size();
            unfiltered.clear();
            filtered.clear();
        }
        assertThat(passed).as("seed %d, of those that pass", seed).isGreaterThan(ROUNDS);
        assertThat(ignored).as("seed %d, of those that do not", seed).isGreaterThan(ROUNDS);
    }

    private void createAndDelete(RandomFilters filters) throws Exception {
        List<Conntrack> flows = new ArrayList<>();
        for (int index = 0; index < FLOWS; index++) {
            flows.add(filters.flow(index));
        }
        for (Conntrack flow : flows) {
            call(() -> client.create(flow));
        }
        for (Conntrack flow : flows) {
            call(() -> client.delete(flow));
        }
        await(() -> unfiltered.matching(event -> true).size() == 2 * FLOWS);
    }

    @Test
    void shouldFilterInUserSpaceWhatIsTooLongForTheKernel() throws Exception {
        RandomFilters filters = new RandomFilters(new Random(3));
        Conntrack flow = filters.flow(0);
        socketFilter.apply(filters.tooLong());
        call(() -> own.create(flow));
        call(() -> client.delete(flow));

        await(() -> filtered.matching(event -> true).size() == 1);
        assertThat(filtered.matching(event -> true).getFirst().type()).isEqualTo(ConntrackEventType.DESTROY);
    }

    private <T> void call(Callable<Future<T>> request) throws Exception {
        loop.submit(request).get().get(10, TimeUnit.SECONDS);
    }

    private static void await(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
