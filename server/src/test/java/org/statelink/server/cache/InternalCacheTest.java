/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.Status;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.MessageType;

/** The rules for the flows of this node, one by one. */
class InternalCacheTest {
    private static final int LIMIT = 4;

    private final InternalCache cache = new InternalCache(LIMIT, true, true);
    private final RecordingSession session = new RecordingSession(cache);

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void shouldCreateAndSendANewFlow() {
        int ref = cache.onNew(TestFlows.tcp(1), true, 10);
        assertThat(ref).isPositive();
        assertThat(cache.type(ref)).isEqualTo(MessageType.CT_NEW);
        assertThat(session.take()).containsExactly("send 0");
        assertCounters(1, 1, 1, 0, 0);
    }

    @Test
    void shouldNotSendWhatTheDaemonCaused() {
        Conntrack flow = TestFlows.tcp(1);
        cache.onNew(flow, false, 10);
        cache.onUpdate(flow, false, 11);
        cache.onDestroy(flow, false);
        assertThat(session.take()).isEmpty();
        assertThat(cache.find(flow)).isZero();
        assertCounters(0, 0, 1, 1, 1);
    }

    @Test
    void shouldSendOnlyWhatARepairChanged() {
        Conntrack flow = TestFlows.tcp(1);
        cache.onUpdate(flow, true, 10);
        session.take();
        flow.setTimeout(flow.timeout() - 1);
        int ref = cache.onRepair(flow, 11);
        assertThat(session.take()).isEmpty();

        flow.setStatus(flow.status() ^ Status.ASSURED);
        assertThat(cache.onRepair(flow, 12)).isEqualTo(ref);
        assertThat(session.take()).containsExactly("send 1");
        cache.onRepair(TestFlows.tcp(2), 13);
        assertThat(session.take()).containsExactly("send 0");
    }

    @Test
    void shouldReplaceALiveFlowByANewOne() {
        Conntrack old = TestFlows.tcp(1);
        old.setMark(9);
        cache.onUpdate(old, true, 10);
        cache.onUpdate(old, true, 11);
        session.take();
        int ref = cache.onNew(TestFlows.tcp(1), true, 12);
        assertThat(session.take()).containsExactly("forget", "send 0");
        assertThat(decoded(ref).has(Field.MARK)).isFalse();
        assertCounters(1, 1, 2, 1, 1);
        assertThat(page(EntrySelection.LIVE).activeSince()).isEqualTo(12);
    }

    @Test
    void shouldReplaceADeadFlowWithoutSendingItsEnd() {
        cache.onNew(TestFlows.tcp(1), true, 10);
        cache.onDestroy(TestFlows.tcp(1), true);
        session.take();
        int ref = cache.onNew(TestFlows.tcp(1), true, 12);
        assertThat(session.take()).containsExactly("forget", "send 0");
        assertThat(cache.isDead(ref)).isFalse();
        assertCounters(1, 1, 2, 0, 1);
    }

    @Test
    void shouldCreateAnUnknownFlowByAnUpdate() {
        int ref = cache.onUpdate(TestFlows.tcp(1), true, 10);
        assertThat(cache.type(ref)).isEqualTo(MessageType.CT_NEW);
        assertThat(session.take()).containsExactly("send 0");
        assertCounters(1, 1, 1, 0, 0);
    }

    @Test
    void shouldLayAnUpdateOverWhatIsKnown() {
        Conntrack first = TestFlows.tcp(1);
        first.setMark(9);
        first.setId(4711);
        cache.onNew(first, true, 10);
        Conntrack change = TestFlows.tcp(1);
        change.protocol().setState(4);
        change.setTimeout(120);
        int ref = cache.onUpdate(change, true, 20);
        Conntrack merged = decoded(ref);
        assertThat(merged.protocol().state()).isEqualTo(4);
        assertThat(merged.timeout()).isEqualTo(120);
        // As conntrackd does: the kernel stops telling a mark that became 0, and so it stays.
        assertThat(merged.mark()).isEqualTo(9);
        assertThat(merged.id()).isEqualTo(4711);
        assertThat(cache.type(ref)).isEqualTo(MessageType.CT_UPDATE);
        assertCounters(1, 1, 1, 1, 0);
        FlowPage page = page(EntrySelection.LIVE);
        assertThat(page.activeSince()).isEqualTo(10);
        assertThat(page.storedAt()).isEqualTo(20);
    }

    @Test
    void shouldKeepTheStatusWhenAnUpdateDoesNotTellOne() {
        cache.onNew(TestFlows.tcp(1), true, 10);
        Conntrack change = TestFlows.tcp(1);
        change.forget(Field.STATUS);
        int ref = cache.onUpdate(change, true, 20);
        assertThat(decoded(ref).status()).isEqualTo(Status.CONFIRMED | Status.ASSURED | Status.SEEN_REPLY);
    }

    @Test
    void shouldReplaceADeadFlowByAnUpdate() {
        cache.onNew(TestFlows.tcp(1), true, 10);
        cache.onDestroy(TestFlows.tcp(1), true);
        session.take();
        int ref = cache.onUpdate(TestFlows.tcp(1), true, 12);
        assertThat(cache.type(ref)).isEqualTo(MessageType.CT_NEW);
        assertThat(session.take()).containsExactly("forget", "send 0");
        assertCounters(1, 1, 2, 0, 1);
    }

    @Test
    void shouldKeepADeadFlowUntilItIsReleased() {
        int ref = cache.onNew(TestFlows.tcp(1), true, 10);
        assertThat(cache.onDestroy(TestFlows.tcp(1), true)).isTrue();
        assertThat(session.take()).containsExactly("send 0", "send 2");
        assertThat(cache.type(ref)).isEqualTo(MessageType.CT_DELETE);
        assertThat(page(EntrySelection.LIVE).size()).isZero();
        assertThat(page(EntrySelection.ALL).isDead()).isTrue();
        assertCounters(0, 1, 1, 0, 1);
        session.acknowledge(ref);
        assertThat(cache.find(TestFlows.tcp(1))).isZero();
        assertCounters(0, 0, 1, 0, 1);
    }

    @Test
    void shouldKeepALiveFlowThatIsReleased() {
        int ref = cache.onNew(TestFlows.tcp(1), true, 10);
        session.acknowledge(ref);
        assertThat(cache.find(TestFlows.tcp(1))).isEqualTo(ref);
    }

    @Test
    void shouldKeepAFlowThatTheDaemonEndedWhileItIsQueued() {
        int ref = cache.onNew(TestFlows.tcp(1), true, 10);
        session.take();
        cache.onDestroy(TestFlows.tcp(1), false);
        assertThat(session.take()).isEmpty();
        assertThat(cache.isDead(ref)).isTrue();
        session.acknowledge(ref);
        assertThat(cache.find(TestFlows.tcp(1))).isZero();
    }

    @Test
    void shouldIgnoreTheEndOfAnUnknownOrDeadFlow() {
        assertThat(cache.onDestroy(TestFlows.tcp(1), true)).isFalse();
        cache.onNew(TestFlows.tcp(1), true, 10);
        cache.onDestroy(TestFlows.tcp(1), true);
        session.take();
        assertThat(cache.onDestroy(TestFlows.tcp(1), true)).isFalse();
        assertThat(session.take()).isEmpty();
        assertCounters(0, 1, 1, 0, 1);
    }

    @Test
    void shouldRefuseFlowsBeyondTheLimitDeadOnesIncluded() {
        for (int i = 0; i < LIMIT; i++) {
            cache.onNew(TestFlows.tcp(i), true, 10);
        }
        cache.onDestroy(TestFlows.tcp(0), true);
        session.take();
        assertThat(cache.onNew(TestFlows.tcp(9), true, 10)).isZero();
        assertThat(cache.onUpdate(TestFlows.tcp(9), true, 10)).isZero();
        assertThat(session.take()).isEmpty();
        assertThat(cache.counters().get(CacheCounter.CREATE_FAILED)).isEqualTo(2);
        assertThat(cache.counters().get(CacheCounter.NO_SPACE)).isEqualTo(2);
        session.acknowledge(cache.find(TestFlows.tcp(0)));
        assertThat(cache.onNew(TestFlows.tcp(9), true, 10)).isPositive();
    }

    @Test
    void shouldCountTrafficOfFlowsItKnew() {
        Conntrack end = TestFlows.tcp(1);
        end.countersOriginal().set(3, 5_000_000_000L);
        end.mark(Field.COUNTERS_ORIGINAL);
        end.countersReply().set(4, 7);
        end.mark(Field.COUNTERS_REPLY);
        cache.onDestroy(end, true);
        assertThat(cache.trafficBytes()).isZero();
        cache.onNew(TestFlows.tcp(1), true, 10);
        cache.onDestroy(end, true);
        assertThat(cache.trafficBytes()).isEqualTo(5_000_000_007L);
        assertThat(cache.trafficPackets()).isEqualTo(7);
    }

    @Test
    void shouldFlushAtOnceAndFreeInPages() {
        int dead = cache.onNew(TestFlows.tcp(1), true, 10);
        cache.onDestroy(TestFlows.tcp(1), true);
        cache.onNew(TestFlows.tcp(2), true, 10);
        cache.onNew(TestFlows.tcp(3), true, 10);
        session.take();
        cache.flush();
        assertCounters(0, 0, 3, 0, 3);
        assertThat(page(EntrySelection.ALL).size()).isZero();
        cache.onUpdate(TestFlows.tcp(2), true, 11);
        assertThat(session.take()).containsExactly("forget", "send 0");
        assertThat(cache.flushPage(1)).isTrue();
        assertThat(cache.isDead(dead)).isFalse();
        assertThat(cache.flushPage(100)).isFalse();
        assertThat(session.take()).containsExactly("forget", "forget");
        assertCounters(1, 1, 4, 0, 3);
        assertThat(page(EntrySelection.ALL).size()).isEqualTo(1);
    }

    @Test
    void shouldMakeRoomOfWhatWasFlushed() {
        for (int i = 0; i < LIMIT; i++) {
            cache.onNew(TestFlows.tcp(i), true, 10);
        }
        cache.flush();
        for (int i = 10; i < 10 + LIMIT; i++) {
            assertThat(cache.onNew(TestFlows.tcp(i), true, 10)).isPositive();
        }
        assertThat(cache.onNew(TestFlows.tcp(99), true, 10)).isZero();
    }

    @Test
    void shouldShowWhatAResyncDidNotSee() {
        for (int i = 0; i < 3; i++) {
            cache.onNew(TestFlows.tcp(i), true, 10);
        }
        cache.beginResync();
        cache.onUpdate(TestFlows.tcp(0), true, 11);
        session.take();
        assertThat(page(EntrySelection.UNSEEN).size()).isEqualTo(2);
        cache.onUpdate(TestFlows.tcp(1), true, 12);
        assertThat(cache.onMissing(TestFlows.tcp(1), true)).isFalse();
        session.take();
        assertThat(cache.onMissing(TestFlows.tcp(2), true)).isTrue();
        assertThat(session.take()).containsExactly("send 2");
        assertThat(page(EntrySelection.UNSEEN).size()).isZero();
    }

    @Test
    void shouldSendEverythingInPages() {
        for (int i = 0; i < LIMIT; i++) {
            cache.onNew(TestFlows.tcp(i), false, 10);
        }
        cache.onUpdate(TestFlows.tcp(1), false, 10);
        EntryCursor cursor = new EntryCursor();
        assertThat(cache.sendPage(cursor, 3)).isTrue();
        assertThat(session.take()).containsExactly("send 0", "send 1", "send 0");
        assertThat(cache.sendPage(cursor, 3)).isFalse();
        assertThat(session.take()).containsExactly("send 0");
    }

    @Test
    void shouldEncodeWithoutWhatPeersAreNotToldOf() {
        Conntrack flow = TestFlows.tcp(1);
        flow.protocol().setWindowScales(7, 8);
        flow.mark(Field.TCP_WINDOW_SCALE);
        flow.setMark(5);
        for (int i = 0; i < 4; i++) {
            boolean timeout = (i & 1) != 0;
            boolean scale = (i & 2) != 0;
            try (InternalCache choosy = new InternalCache(LIMIT, timeout, scale)) {
                ByteBuf expected = Unpooled.buffer();
                ConntrackBody.encode(flow, expected, timeout, scale);
                ByteBuf out = Unpooled.buffer();
                choosy.encode(choosy.onNew(flow, true, 10), out);
                assertThat(ByteBufUtil.hexDump(out)).isEqualTo(ByteBufUtil.hexDump(expected));
            }
        }
    }

    @Test
    void shouldKeepTheQueueAcrossUpdatesThatMoveTheBody() {
        int ref = cache.onNew(TestFlows.tcp(1), true, 10);
        assertThat(cache.onUpdate(TestFlows.withLabels(TestFlows.tcp(1), 200), false, 11)).isEqualTo(ref);
        assertThat(cache.queueState(ref)).isEqualTo(2);
        assertThat(cache.queuePosition(ref)).isEqualTo(77);
        assertThat(decoded(ref).labels().length()).isEqualTo(200);
    }

    @Test
    void shouldRestoreTheReplyWithItsZone() {
        Conntrack flow = TestFlows.tcp(1);
        flow.original().setZone(5);
        flow.reply().setInverse(flow.original());
        flow.reply().setZone(6);
        cache.onNew(flow, true, 10);
        FlowPage page = new FlowPage();
        cache.page(new EntryCursor(), EntrySelection.LIVE, page);
        Conntrack shown = new Conntrack();
        assertThat(page.next(shown)).isTrue();
        page.complete(shown);
        assertThat(shown.original()).isEqualTo(flow.original());
        assertThat(shown.reply()).isEqualTo(flow.reply());
    }

    @Test
    void shouldTurnOtherThreadsAway() {
        cache.onNew(TestFlows.tcp(1), true, 10);
        CompletableFuture<Integer> elsewhere = CompletableFuture.supplyAsync(() -> cache.find(TestFlows.tcp(1)));
        assertThatThrownBy(elsewhere::join).isInstanceOf(CompletionException.class)
            .hasCauseInstanceOf(IllegalStateException.class);
    }

    private Conntrack decoded(int ref) {
        Conntrack flow = new Conntrack();
        cache.decode(ref, flow);
        return flow;
    }

    /** A page of a whole small cache, its last flow read. */
    private FlowPage page(EntrySelection selection) {
        FlowPage page = new FlowPage();
        assertThat(cache.page(new EntryCursor(), selection, page)).isFalse();
        Conntrack flow = new Conntrack();
        while (page.next(flow)) {
            assertThat(flow.original().isSet()).isTrue();
        }
        return page;
    }

    private void assertCounters(long active, long objects, long created, long updated, long destroyed) {
        CacheCounters counters = cache.counters().snapshot();
        assertThat(counters.get(CacheCounter.ACTIVE)).as("active").isEqualTo(active);
        assertThat(counters.get(CacheCounter.OBJECTS)).as("objects").isEqualTo(objects);
        assertThat(counters.get(CacheCounter.CREATED)).as("created").isEqualTo(created);
        assertThat(counters.get(CacheCounter.UPDATED)).as("updated").isEqualTo(updated);
        assertThat(counters.get(CacheCounter.DESTROYED)).as("destroyed").isEqualTo(destroyed);
    }
}
