/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.config.Filter;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackEventListener;
import org.statelink.conntrack.netlink.ConntrackEventOptions;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.conntrack.netlink.ConntrackEvents;
import org.statelink.conntrack.netlink.ConntrackGroup;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.cache.CacheCounter;
import org.statelink.server.cache.CacheSession;
import org.statelink.server.cache.CommitOrder;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.FlowPage;
import org.statelink.server.cache.HeardFlows;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.kernel.CommitPage.Outcome;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.MessageType;

/** What the daemon did itself, and what traffic did meanwhile, in every order in which the two can be heard of. */
class CachedWritesTest {
    private final EventLoop state = new DefaultEventLoop();
    private final KernelDouble kernel = new KernelDouble();
    private final HeardFlows heard = new HeardFlows();
    private final Uptime uptime = new Uptime(Ticker.systemTicker());
    private final List<Integer> told = new ArrayList<>();
    private ExternalCache external;
    private InternalCache internal;
    private CachedWrites writes;
    private long begun;

    @BeforeEach
    void open() throws Exception {
        external = onState(() -> new ExternalCache(1000));
        internal = onState(() -> new InternalCache(1000, true, true));
        internal.setSession(new Told());
        ConntrackClient client = ConntrackClient.open(kernel, state).get();
        ConntrackEvents events = ConntrackEvents.open(kernel, state, ConntrackEventOptions.DEFAULT, new Deaf()).get();
        DoubtfulFlows doubtful = new DoubtfulFlows(client, internal, heard, uptime, () -> { });
        writes = new CachedWrites(internal, heard, doubtful,
            new QuietCommit(events, ConntrackGroup.ALL, state, () -> { }), new EventFilter(Filter.NONE), uptime);
        onState(() -> {
            writes.begin();
            begun = writes.moment();
            return null;
        });
    }

    /** The tests say themselves what is heard. */
    private static final class Deaf implements ConntrackEventListener {
        @Override
        public void onEvent(ConntrackEventType type, int portId, Conntrack flow) {
            // not listening
        }

        @Override
        public void onReadComplete() {
            // not listening
        }

        @Override
        public void onOverrun() {
            // not listening
        }
    }

    private final class Told implements CacheSession {
        @Override
        public void send(int ref) {
            told.add(ref);
        }

        @Override
        public void forget(int ref) {
            told.remove((Integer) ref);
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
    }

    @Test
    void shouldNoteWhatWasCommittedWithoutTellingThePeers() throws Exception {
        commit(Outcome.CREATED, Flows.tcp(1), Flows.tcpWithSnat(2, 41_000));
        settle();

        assertThat(live(1)).isTrue();
        assertThat(internalFlow(Flows.tcp(2)).nat().sourcePort()).isEqualTo(41_000);
        assertThat(told).isEmpty();
    }

    @Test
    void shouldTellThePeersOfAFlowThatBeganUnheardAndWasChanged() throws Exception {
        onState(() -> {
            writes.beginCommit(QuietCommit.LEAST_ENTRIES);
            return null;
        });
        kernel.traffic(Flows.tcp(1));

        commit(Outcome.CHANGED, Flows.tcp(1));
        settle();

        assertThat(live(1)).isTrue();
        assertThat(told).hasSize(1);
    }

    @Test
    void shouldNotNoteWhatTheKernelRefused() throws Exception {
        commit(Outcome.REFUSED, Flows.tcp(1));
        settle();

        assertThat(live(1)).isFalse();
    }

    @Test
    void shouldKnowOfTheExpectedBitThatTheKernelSets() throws Exception {
        commit(Outcome.CREATED, Flows.related(2, 1));
        settle();

        assertThat(internalFlow(Flows.tcp(2)).status() & Status.EXPECTED).isNotZero();
    }

    @Test
    void shouldKeepWhatTrafficChangedMeanwhile() throws Exception {
        Conntrack closing = Flows.tcp(1);
        closing.protocol().setState(4);
        heard(closing);
        Conntrack committed = Flows.tcp(1);
        committed.setMark(9);

        commit(Outcome.CREATED, committed);
        settle();

        assertThat(internalFlow(Flows.tcp(1)).protocol().state()).isEqualTo(4);
        assertThat(internalFlow(Flows.tcp(1)).mark()).isEqualTo(9);
    }

    @Test
    void shouldLeaveNoGhostOfAFlowThatEndedMeanwhile() throws Exception {
        ended(Flows.tcp(1));

        commit(Outcome.CREATED, Flows.tcp(1));
        settle();

        assertThat(live(1)).isFalse();
    }

    @Test
    void shouldAskTheKernelWhetherTheEndWasThatOfAnEarlierFlow() throws Exception {
        ended(Flows.tcp(1));
        kernel.traffic(Flows.tcp(1));

        commit(Outcome.CREATED, Flows.tcp(1));
        settle();

        assertThat(live(1)).isTrue();
    }

    @Test
    void shouldKeepACommittedFlowWhosePredecessorsEndIsHeardOfLater() throws Exception {
        onState(() -> internal.onNew(Flows.tcp(1), false, 0));
        kernel.traffic(Flows.tcp(1));

        commit(Outcome.CREATED, Flows.tcp(1));
        ended(Flows.tcp(1));
        settle();

        assertThat(live(1)).isTrue();
    }

    @Test
    void shouldForgetWhatWasDeletedWithoutTellingThePeers() throws Exception {
        onState(() -> internal.onNew(Flows.tcp(1), false, 0));
        onState(() -> internal.onNew(Flows.tcp(2), false, 0));

        delete(true, Flows.tcp(1));
        delete(false, Flows.tcp(2));
        settle();

        assertThat(live(1)).isFalse();
        assertThat(live(2)).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void shouldForgetWhatWasDeletedAndNotReplaced() throws Exception {
        onState(() -> internal.onNew(Flows.tcp(1), false, 0));

        commit(Outcome.LOST, Flows.tcp(1));
        settle();

        assertThat(live(1)).isFalse();
    }

    @Test
    void shouldKeepAFlowThatCameAgainAfterItWasDeleted() throws Exception {
        kernel.traffic(Flows.tcp(1));
        heard(Flows.tcp(1));

        delete(true, Flows.tcp(1));
        settle();

        assertThat(live(1)).isTrue();
    }

    @Test
    void shouldForgetAFlowThatWasHeardOfBeforeItWasDeleted() throws Exception {
        heard(Flows.tcp(1));

        delete(true, Flows.tcp(1));
        settle();

        assertThat(live(1)).isFalse();
    }

    private void heard(Conntrack flow) throws Exception {
        onState(() -> {
            heard.hear(flow);
            return internal.onUpdate(flow, true, 0);
        });
    }

    private void ended(Conntrack flow) throws Exception {
        onState(() -> {
            heard.hear(flow);
            return internal.onDestroy(flow, true);
        });
    }

    private void commit(Outcome outcome, Conntrack... flows) throws Exception {
        onState(() -> {
            Arrays.stream(flows).forEach(flow -> external.apply(MessageType.CT_NEW, 0, flow, 0));
            CommitPage<Conntrack> page = new CommitPage<>(new FlowPage(), new Conntrack());
            CommitOrder<Conntrack> order = external.commitOrder();
            order.begin();
            page.fill(order, new CommitPreparation(0, false), 0, begun);
            for (int i = 0; i < page.size(); i++) {
                page.setOutcome(i, outcome);
            }
            writes.committed(page);
            return null;
        });
    }

    private void delete(boolean done, Conntrack flow) throws Exception {
        onState(() -> {
            DeletedPage page = new DeletedPage();
            page.begin(begun);
            page.add(flow);
            page.answer(done);
            writes.deleted(page);
            return null;
        });
    }

    private void settle() throws Exception {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        state.execute(() -> writes.end(() -> settled.complete(null)));
        settled.get(20, TimeUnit.SECONDS);
        assertThat(onState(() -> internal.counters().get(CacheCounter.ACTIVE))).isLessThanOrEqualTo(2);
    }

    private boolean live(int port) throws Exception {
        return onState(() -> internal.isLive(internal.find(Flows.tcp(port))));
    }

    private Conntrack internalFlow(Conntrack key) throws Exception {
        Conntrack flow = new Conntrack();
        onState(() -> {
            internal.decode(internal.find(key), flow);
            return null;
        });
        return flow;
    }

    private <T> T onState(Callable<T> action) throws Exception {
        return state.submit(action).get();
    }
}
