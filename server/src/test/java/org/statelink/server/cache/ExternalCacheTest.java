/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.MessageType;

/** The rules for the flows of peers, one by one. */
class ExternalCacheTest {
    private static final int PEER = 3;

    private final ExternalCache cache = new ExternalCache(100);

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void shouldKeepWhoseAFlowIs() {
        apply(MessageType.CT_NEW, TestFlows.tcp(1), 10);
        FlowPage page = page(EntrySelection.LIVE);
        assertThat(page.next(new Conntrack())).isTrue();
        assertThat(page.owner()).isEqualTo(PEER);
        assertThat(page.storedAt()).isEqualTo(10);
        cache.apply(MessageType.CT_UPDATE, 4, TestFlows.tcp(1), 15);
        page = page(EntrySelection.LIVE);
        assertThat(page.next(new Conntrack())).isTrue();
        assertThat(page.owner()).isEqualTo(4);
        assertThat(page.storedAt()).isEqualTo(15);
        assertThat(page.activeSince()).isEqualTo(10);
    }

    @Test
    void shouldReplaceAFlowByANewOne() {
        Conntrack marked = TestFlows.tcp(1);
        marked.setMark(9);
        apply(MessageType.CT_NEW, marked, 10);
        apply(MessageType.CT_NEW, TestFlows.tcp(1), 12);
        FlowPage page = page(EntrySelection.LIVE);
        Conntrack flow = new Conntrack();
        assertThat(page.next(flow)).isTrue();
        assertThat(flow.has(Field.MARK)).isFalse();
        assertThat(page.activeSince()).isEqualTo(12);
        assertCounters(1, 2, 0, 1);
    }

    @Test
    void shouldCreateByAnUpdate() {
        apply(MessageType.CT_UPDATE, TestFlows.tcp(1), 10);
        assertThat(cache.contains(TestFlows.tcp(1))).isTrue();
        assertCounters(1, 1, 0, 0);
    }

    @Test
    void shouldLayAnUpdateOverWhatIsKnown() {
        Conntrack marked = TestFlows.tcp(1);
        marked.setMark(9);
        apply(MessageType.CT_NEW, marked, 10);
        Conntrack change = TestFlows.tcp(1);
        change.protocol().setState(7);
        apply(MessageType.CT_UPDATE, change, 12);
        Conntrack flow = new Conntrack();
        assertThat(page(EntrySelection.LIVE).next(flow)).isTrue();
        assertThat(flow.mark()).isEqualTo(9);
        assertThat(flow.protocol().state()).isEqualTo(7);
        assertCounters(1, 1, 1, 0);
    }

    @Test
    void shouldRemoveAtOnce() {
        apply(MessageType.CT_NEW, TestFlows.tcp(1), 10);
        apply(MessageType.CT_DELETE, TestFlows.tcp(1), 11);
        assertThat(cache.contains(TestFlows.tcp(1))).isFalse();
        assertCounters(0, 1, 0, 1);
        assertThat(cache.counters().get(CacheCounter.OBJECTS)).isZero();
    }

    @Test
    void shouldIgnoreTheEndOfAnUnknownFlow() {
        apply(MessageType.CT_DELETE, TestFlows.tcp(1), 11);
        assertCounters(0, 0, 0, 0);
    }

    @Test
    void shouldIgnoreOtherTypes() {
        apply(MessageType.EXP_NEW, TestFlows.tcp(1), 11);
        assertCounters(0, 0, 0, 0);
    }

    @Test
    void shouldRefuseWhatCannotBeDecoded() {
        byte[] sound = TestFlows.encode(TestFlows.tcp(1));
        for (int length = 0; length < sound.length; length++) {
            ByteBuf cut = Unpooled.wrappedBuffer(sound, 0, length);
            BodyResult result = cache.apply(MessageType.CT_DELETE, PEER, cut, 10);
            assertThat(cut.readableBytes()).isEqualTo(length);
            if (length < 25) {
                assertThat(result).isNotEqualTo(BodyResult.OK);
            }
        }
        assertThat(cache.apply(MessageType.CT_NEW, PEER, Unpooled.EMPTY_BUFFER, 10)).isNotEqualTo(BodyResult.OK);
        assertCounters(0, 0, 0, 0);
    }

    @Test
    void shouldStoreCanonicallyWhateverTheOrder() {
        String protocol = "0005000206000000";
        String ports = "0008000304010050";
        String addresses = "000c0000c6336422c6336432";
        String status = "000800050000000e";
        ByteBuf body = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(ports + protocol + addresses + status));
        assertThat(cache.apply(MessageType.CT_NEW, PEER, body, 10)).isEqualTo(BodyResult.OK);
        Conntrack flow = new Conntrack();
        assertThat(page(EntrySelection.LIVE).next(flow)).isTrue();
        assertThat(ByteBufUtil.hexDump(TestFlows.encode(flow))).isEqualTo(addresses + status + protocol + ports);
    }

    @Test
    void shouldRefuseFlowsBeyondTheLimit() {
        for (int i = 0; i < 101; i++) {
            apply(MessageType.CT_UPDATE, TestFlows.tcp(i), 10);
        }
        assertCounters(100, 100, 0, 0);
        assertThat(cache.counters().get(CacheCounter.CREATE_FAILED)).isEqualTo(1);
        assertThat(cache.counters().get(CacheCounter.NO_SPACE)).isEqualTo(1);
        apply(MessageType.CT_NEW, TestFlows.tcp(5), 10);
        assertThat(cache.counters().get(CacheCounter.CREATE_FAILED)).isEqualTo(1);
    }

    @Test
    void shouldFlushAtOnce() {
        for (int i = 0; i < 50; i++) {
            apply(MessageType.CT_UPDATE, TestFlows.tcp(i), 10);
        }
        cache.flush();
        assertThat(page(EntrySelection.LIVE).size()).isZero();
        assertCounters(0, 50, 0, 50);
        apply(MessageType.CT_UPDATE, TestFlows.tcp(49), 11);
        assertThat(cache.flushPage(1000)).isFalse();
        assertThat(ports(page(EntrySelection.LIVE))).containsExactly(49);
        assertCounters(1, 51, 0, 50);
    }

    @Test
    void shouldShowWhatAResyncDidNotSee() {
        apply(MessageType.CT_NEW, TestFlows.tcp(1), 10);
        apply(MessageType.CT_NEW, TestFlows.tcp(2), 10);
        cache.beginResync();
        apply(MessageType.CT_UPDATE, TestFlows.tcp(2), 10);
        assertThat(ports(page(EntrySelection.UNSEEN))).containsExactly(1);
    }

    @Test
    void shouldReadAPageAgain() {
        apply(MessageType.CT_NEW, TestFlows.tcp(1), 10);
        FlowPage page = page(EntrySelection.LIVE);
        assertThat(ports(page)).containsExactly(1);
        assertThat(ports(page)).isEmpty();
        page.rewind();
        assertThat(ports(page)).containsExactly(1);
    }

    private void apply(int type, Conntrack flow, int now) {
        ByteBuf body = Unpooled.wrappedBuffer(TestFlows.encode(flow));
        assertThat(cache.apply(type, PEER, body, now)).isEqualTo(BodyResult.OK);
    }

    private FlowPage page(EntrySelection selection) {
        FlowPage page = new FlowPage();
        assertThat(cache.page(new EntryCursor(), selection, page)).isFalse();
        return page;
    }

    private static List<Integer> ports(FlowPage page) {
        List<Integer> ports = new ArrayList<>();
        Conntrack flow = new Conntrack();
        while (page.next(flow)) {
            ports.add(flow.original().sourcePort());
        }
        return ports;
    }

    private void assertCounters(long active, long created, long updated, long destroyed) {
        CacheCounters counters = cache.counters();
        assertThat(counters.get(CacheCounter.ACTIVE)).as("active").isEqualTo(active);
        assertThat(counters.get(CacheCounter.CREATED)).as("created").isEqualTo(created);
        assertThat(counters.get(CacheCounter.UPDATED)).as("updated").isEqualTo(updated);
        assertThat(counters.get(CacheCounter.DESTROYED)).as("destroyed").isEqualTo(destroyed);
    }
}
