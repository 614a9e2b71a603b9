/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.statelink.conntrack.Conntrack;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.MessageType;

/** Random operations on the caches and on {@link ReferenceCache}, which must agree. */
class CacheModelTest {
    private static final int FIRST_SLOTS = 64;
    // External caches do not tell created flows from updated ones.
    private static final int UNKNOWN_TYPE = -1;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** Holds objects in a queue until it is told to let go, like a session that waits for acknowledgements. */
    private static final class QueueingSession implements CacheSession {
        private final InternalCache cache;
        private final List<Integer> queue = new ArrayList<>();

        private QueueingSession(InternalCache cache) {
            this.cache = cache;
        }

        @Override
        public void send(int ref) {
            queue.remove(Integer.valueOf(ref));
            queue.add(ref);
            cache.setQueue(ref, 1, ref * 3);
        }

        @Override
        public void forget(int ref) {
            queue.remove(Integer.valueOf(ref));
            cache.setQueue(ref, 0, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"20000, 3000, 100000, ffffffff", "10000, 400, 250, ffffffff", "8000, 300, 1000, 7", "3000, 80, 1000, 0",
        "20000, 3000, 2000, ff0000ff"})
    void shouldAgreeInternally(int operations, int keys, int limit, String hashBits) {
        System.out.println("seed " + seed);
        try (InternalCache cache = new InternalCache(table(hashBits), limit, true, true)) {
            QueueingSession session = new QueueingSession(cache);
            cache.setSession(session);
            ReferenceCache reference = new ReferenceCache(limit);
            for (int i = 0; i < operations; i++) {
                step(cache, session, reference, TestFlows.random(random, keys), i);
                if (i % (operations / 20) == 0) {
                    compare(contents(cache), reference, cache.counters());
                }
            }
            compare(contents(cache), reference, cache.counters());
        }
    }

    private void step(InternalCache cache, QueueingSession session, ReferenceCache reference, Conntrack flow, int now) {
        int what = random.nextInt(100);
        if (what < 30) {
            cache.onNew(flow, random.nextBoolean(), now);
            reference.onNew(flow, now);
        } else if (what < 70) {
            cache.onUpdate(flow, random.nextBoolean(), now);
            reference.onUpdate(flow, now);
        } else if (what < 90) {
            destroy(cache, reference, flow, random.nextBoolean());
        } else if (random.nextInt(500) == 0) {
            cache.flush();
            reference.flush();
        } else {
            cache.flushPage(random.nextInt(50));
            acknowledge(cache, session, reference);
        }
    }

    private static void destroy(InternalCache cache, ReferenceCache reference, Conntrack flow, boolean transmit) {
        ReferenceCache.Key key = ReferenceCache.Key.of(flow);
        int ref = cache.find(flow);
        boolean queued = transmit || ref != 0 && cache.queueState(ref) != 0;
        boolean wasAlive = ref != 0 && !cache.isDead(ref);
        assertThat(cache.onDestroy(flow, transmit)).isEqualTo(wasAlive);
        if (wasAlive && !queued) {
            reference.remove(key);
        } else {
            reference.kill(key);
        }
    }

    private void acknowledge(InternalCache cache, QueueingSession session, ReferenceCache reference) {
        Conntrack flow = new Conntrack();
        for (int i = random.nextInt(20); i > 0 && !session.queue.isEmpty(); i--) {
            int ref = session.queue.removeFirst();
            assertThat(cache.queueState(ref)).isEqualTo(1);
            assertThat(cache.queuePosition(ref)).isEqualTo(ref * 3);
            cache.decode(ref, flow);
            boolean dead = cache.isDead(ref) && cache.find(flow) == ref;
            cache.setQueue(ref, 0, 0);
            cache.released(ref);
            if (dead) {
                reference.remove(ReferenceCache.Key.of(flow));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"20000, 3000, 100000, ffffffff", "10000, 400, 250, ffffffff", "8000, 300, 1000, 7",
        "3000, 80, 1000, 0"})
    void shouldAgreeExternally(int operations, int keys, int limit, String hashBits) {
        System.out.println("seed " + seed);
        try (ExternalCache cache = new ExternalCache(table(hashBits), limit)) {
            ReferenceCache reference = new ReferenceCache(limit);
            for (int i = 0; i < operations; i++) {
                apply(cache, reference, TestFlows.random(random, keys), i);
                if (i % (operations / 20) == 0) {
                    compare(contents(cache), reference, cache.counters());
                }
            }
            compare(contents(cache), reference, cache.counters());
        }
    }

    private void apply(ExternalCache cache, ReferenceCache reference, Conntrack sent, int now) {
        sent.original().setZone(0);
        byte[] body = TestFlows.encode(sent);
        Conntrack received = TestFlows.decode(body);
        int type = random.nextInt(3);
        assertThat(cache.apply(type, 7, Unpooled.wrappedBuffer(body), now)).isEqualTo(BodyResult.OK);
        switch (type) {
            case MessageType.CT_NEW -> reference.onNew(received, now);
            case MessageType.CT_UPDATE -> reference.onUpdate(received, now);
            default -> reference.remove(ReferenceCache.Key.of(received));
        }
        if (random.nextInt(3000) == 0) {
            cache.flush();
            reference.flush();
        }
        cache.flushPage(random.nextInt(3));
    }

    @Test
    void shouldEncodeAsItStores() {
        System.out.println("seed " + seed);
        try (InternalCache cache = new InternalCache(1000, true, true)) {
            for (int i = 0; i < 500; i++) {
                Conntrack flow = TestFlows.random(random, 1000);
                ByteBuf out = Unpooled.directBuffer();
                int ref = cache.onNew(flow, false, 0);
                cache.encode(ref, out);
                assertThat(ByteBufUtil.getBytes(out)).isEqualTo(TestFlows.encode(flow));
                out.release();
            }
        }
    }

    private static EntryTable table(String hashBits) {
        SipHash sip = SipHash.keyedAtRandom();
        int bits = Integer.parseUnsignedInt(hashBits, 16);
        return new EntryTable(key -> (int) key.hash(sip) & bits, FIRST_SLOTS);
    }

    private static Map<ReferenceCache.Key, ReferenceCache.Entry> contents(InternalCache cache) {
        Map<ReferenceCache.Key, ReferenceCache.Entry> found = new HashMap<>();
        EntryCursor cursor = new EntryCursor();
        FlowPage page = new FlowPage(1);
        boolean more = true;
        while (more) {
            more = cache.page(cursor, EntrySelection.ALL, page);
            take(page, found);
        }
        found.forEach((key, entry) -> check(cache, entry));
        return found;
    }

    private static void check(InternalCache cache, ReferenceCache.Entry entry) {
        int ref = cache.find(entry.flow);
        assertThat(ref).isNotZero();
        assertThat(cache.type(ref) == MessageType.CT_DELETE).isEqualTo(entry.isDead());
        entry.type = cache.type(ref);
    }

    private static Map<ReferenceCache.Key, ReferenceCache.Entry> contents(ExternalCache cache) {
        Map<ReferenceCache.Key, ReferenceCache.Entry> found = new HashMap<>();
        EntryCursor cursor = new EntryCursor();
        FlowPage page = new FlowPage(1);
        boolean more = true;
        while (more) {
            more = cache.page(cursor, EntrySelection.LIVE, page);
            take(page, found);
        }
        found.forEach((key, entry) -> assertThat(cache.contains(entry.flow)).isTrue());
        return found;
    }

    private static void take(FlowPage page, Map<ReferenceCache.Key, ReferenceCache.Entry> found) {
        Conntrack flow = new Conntrack();
        while (page.next(flow)) {
            ReferenceCache.Entry entry = new ReferenceCache.Entry();
            entry.flow.set(flow);
            entry.body = TestFlows.encode(flow);
            entry.id = flow.id();
            entry.activeSince = page.activeSince();
            entry.storedAt = page.storedAt();
            entry.type = page.isDead() ? MessageType.CT_DELETE : UNKNOWN_TYPE;
            assertThat(found.put(ReferenceCache.Key.of(flow), entry)).isNull();
        }
    }

    private static void compare(Map<ReferenceCache.Key, ReferenceCache.Entry> found, ReferenceCache reference,
        CacheCounters counters) {
        assertThat(found.keySet()).isEqualTo(reference.entries.keySet());
        found.forEach((key, entry) -> {
            ReferenceCache.Entry expected = reference.entries.get(key);
            assertThat(entry.body).isEqualTo(expected.body);
            assertThat(entry.id).isEqualTo(expected.id);
            assertThat(entry.activeSince).isEqualTo(expected.activeSince);
            assertThat(entry.storedAt).isEqualTo(expected.storedAt);
            assertThat(entry.isDead()).isEqualTo(expected.isDead());
            if (entry.type != UNKNOWN_TYPE) {
                assertThat(entry.type).isEqualTo(expected.type);
            }
        });
        for (CacheCounter counter : CacheCounter.values()) {
            assertThat(counters.get(counter)).as(counter.label()).isEqualTo(reference.counters.get(counter));
        }
    }
}
