/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;
import org.statelink.config.Filter;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackEventOptions;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.conntrack.netlink.ConntrackGroup;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.cache.CacheSession;
import org.statelink.server.cache.ExternalCaches;
import org.statelink.server.cache.HeardFlows;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.MessageType;

/** What happens in the kernel while it takes a commit so large that it does not tell of new flows. */
class QuietCommitTest {
    private static final int LARGE = QuietCommit.LEAST_ENTRIES;
    /** No peer told of it. */
    private static final int OWN = 60_000;

    private final EventLoop state = new DefaultEventLoop();
    private final EventLoop kernelLoop = new DefaultEventLoop();
    private final KernelDouble kernel = new KernelDouble();
    private final HeardFlows heard = new HeardFlows();
    private final Uptime uptime = new Uptime(Ticker.systemTicker());
    private final KernelCounters counters = new KernelCounters();
    private final OwnPorts ownPorts = new OwnPorts();
    private final List<Integer> told = new ArrayList<>();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private ExternalCaches external;
    private InternalCache internal;
    private ConntrackClient writer;
    private KernelResync resync;
    private CachedWrites writes;
    private ExternalCommit<Conntrack> commit;

    @BeforeEach
    void open() throws Exception {
        external = onState(() -> new ExternalCaches(100_000));
        internal = onState(() -> new InternalCache(100_000, true, true));
        internal.setSession(new Told());
        writer = ConntrackClient.open(kernel, kernelLoop).get();
        ownPorts.add(writer.portId());
        ConntrackClient reader = ConntrackClient.open(kernel, state).get();
        EventFilter filter = new EventFilter(Filter.NONE);
        ConntrackEvents events = ConntrackEvents.open(kernel, state, new ConntrackEventOptions(1 << 20, false),
            new EventReceiver(filter, ExpectationFilter.NONE, ownPorts, counters, new Events(), heard, () -> { }))
            .get();
        new EventSocketFilter(ownPorts, events.channel()).apply(Filter.NONE);
        DoubtfulFlows doubtful = new DoubtfulFlows(reader, internal, heard, uptime, () -> { });
        resync = new KernelResync(reader, internal, filter, uptime, heard, doubtful, () -> { });
        writes = new CachedWrites(internal, heard, doubtful,
            new QuietCommit(events, ConntrackGroup.ALL, state, this::catchUp), filter, uptime);
        commit = ExternalCommit.ofFlows(external,
            new PageCommitter<>(writer, new CommitPreparation(0, false), new Conntrack()), writes, state, uptime,
            NOPLogger.NOP_LOGGER);
    }

    private void catchUp() {
        resync.catchUp().addListener(read -> caughtUp.complete(null));
    }

    private final class Told implements CacheSession {
        @Override
        public void send(int ref) {
            told.add(ref);
        }

        @Override
        public void forget(int ref) {
            // what was told stays told
        }
    }

    private final class Events implements FlowEvents {
        @Override
        public void onFlow(ConntrackEventType type, Conntrack flow, boolean ownDoing) {
            switch (type) {
                case NEW -> internal.onNew(flow, !ownDoing, 0);
                case UPDATE -> internal.onUpdate(flow, !ownDoing, 0);
                case DESTROY -> internal.onDestroy(flow, !ownDoing);
            }
        }

        @Override
        public void onExpectation(ConntrackEventType type, Expectation expectation, boolean ownDoing) {
            // there are none
        }

        @Override
        public void onBurstEnd() {
            // nobody sends
        }
    }

    @AfterEach
    void close() throws Exception {
        onState(() -> {
            external.close();
            internal.close();
            return null;
        });
        state.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
        kernelLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
    }

    @Test
    void shouldFindAndTellOfAFlowThatBegan() throws Exception {
        begin(LARGE);
        kernel.traffic(Flows.tcp(OWN));
        assertThat(live(OWN)).as("before it is looked for").isFalse();

        end();

        assertThat(live(OWN)).isTrue();
        assertThat(told).containsExactly(ref(OWN));
    }

    @Test
    void shouldTellOnceOfAFlowThatBeganAndChanged() throws Exception {
        begin(LARGE);
        kernel.traffic(Flows.tcp(OWN));
        kernel.traffic(Flows.tcp(OWN));
        assertThat(live(OWN)).as("by its change").isTrue();

        end();

        assertThat(told).containsExactly(ref(OWN));
    }

    @Test
    void shouldLeaveNoGhostOfAFlowThatBeganAndEnded() throws Exception {
        begin(LARGE);
        kernel.traffic(Flows.tcp(OWN));
        kernel.expire(Flows.tcp(OWN));

        end();

        assertThat(live(OWN)).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void shouldHearOfTheEndOfAFlowThatWasThereBefore() throws Exception {
        kernel.traffic(Flows.tcp(OWN));
        assertThat(live(OWN)).isTrue();
        begin(LARGE);

        kernel.expire(Flows.tcp(OWN));

        assertThat(live(OWN)).isFalse();
        end();
        assertThat(live(OWN)).isFalse();
    }

    @Test
    void shouldHearOfNewFlowsThroughoutASmallCommit() throws Exception {
        begin(LARGE - 1);

        kernel.traffic(Flows.tcp(OWN));

        assertThat(live(OWN)).isTrue();
        settle();
        assertThat(caughtUp).isNotDone();
    }

    @Test
    void shouldHearOfNewFlowsAgainAfterwards() throws Exception {
        begin(LARGE);
        end();

        kernel.traffic(Flows.tcp(OWN));

        assertThat(live(OWN)).isTrue();
    }

    @Test
    void shouldNotTellThePeersOfWhatTheyTold() throws Exception {
        tell(LARGE);

        commit();
        caughtUp.get(20, TimeUnit.SECONDS);

        assertThat(kernel.size()).isEqualTo(LARGE);
        assertThat(live(1)).isTrue();
        assertThat(live(LARGE)).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void shouldHearOfNewFlowsAgainWhereTheKernelRefusesTheCommit() throws Exception {
        tell(LARGE);
        kernel.setLimit(1);

        commit();

        assertHearsAgain();
    }

    @Test
    void shouldHearOfNewFlowsAgainWhereTheCommitsSocketIsGone() throws Exception {
        tell(LARGE);
        writer.channel().close().get();

        commit();

        assertHearsAgain();
    }

    private void assertHearsAgain() throws Exception {
        caughtUp.get(20, TimeUnit.SECONDS);
        kernel.setLimit(100_000);
        kernel.traffic(Flows.tcp(OWN));
        assertThat(live(OWN)).isTrue();
    }

    private void begin(int entries) throws Exception {
        onState(() -> {
            writes.beginCommit(entries);
            return null;
        });
    }

    private void end() throws Exception {
        settle();
        caughtUp.get(20, TimeUnit.SECONDS);
    }

    private void settle() throws Exception {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        state.execute(() -> writes.endCommit(() -> settled.complete(null)));
        settled.get(20, TimeUnit.SECONDS);
    }

    private void tell(int flows) throws Exception {
        onState(() -> {
            for (int port = 1; port <= flows; port++) {
                external.flows().apply(MessageType.CT_NEW, 0, Flows.tcp(port), 0);
            }
            return null;
        });
    }

    private void commit() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        state.execute(() -> commit.start(() -> done.complete(null)));
        done.get(20, TimeUnit.SECONDS);
    }

    /** The event socket's turn comes before this one's: what the kernel has told of is known. */
    private boolean live(int port) throws Exception {
        return onState(() -> internal.isLive(internal.find(Flows.tcp(port))));
    }

    private int ref(int port) throws Exception {
        return onState(() -> internal.find(Flows.tcp(port)));
    }

    private <T> T onState(Callable<T> action) throws Exception {
        return state.submit(action).get();
    }
}
