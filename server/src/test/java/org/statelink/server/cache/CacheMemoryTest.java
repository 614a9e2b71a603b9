/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.sync.protocol.MessageType;

/** What the caches take: nothing of the heap per event, no more outside it than flows need, and nothing when closed. */
class CacheMemoryTest {
    private static final long TICK_NANOS = 200_000_000L;
    private static final int EVENTS = 20_000;

    @Test
    void shouldAllocateNothingPerEvent() {
        try (InternalCache cache = new InternalCache(100_000, true, true)) {
            Conntrack[] flows = flows();
            Conntrack[] changes = flows();
            for (Conntrack change : changes) {
                change.protocol().setState(5);
                change.forget(Field.TIMEOUT);
                TestFlows.withLabels(change, 4);
            }
            // The leak detector allocates for every call.
            ByteBuf out = new UnpooledByteBufAllocator(true, true).directBuffer(4096);
            events(cache, flows, changes, out);
            long before = allocated();
            events(cache, flows, changes, out);
            long perEvent = (allocated() - before) / EVENTS;
            out.release();
            assertThat(perEvent).isZero();
        }
    }

    private static void events(InternalCache cache, Conntrack[] flows, Conntrack[] changes, ByteBuf out) {
        for (int i = 0; i < EVENTS / 4; i++) {
            Conntrack flow = flows[i & flows.length - 1];
            Conntrack change = changes[i & flows.length - 1];
            int ref = cache.onNew(flow, true, i);
            cache.onUpdate(flow, true, i);
            cache.onUpdate(change, true, i);
            cache.encode(ref, out.clear());
            cache.onDestroy(flow, true);
            cache.released(ref);
        }
    }

    @Test
    void shouldAllocateNothingPerMessage() {
        try (ExternalCache cache = new ExternalCache(100_000)) {
            Conntrack[] flows = flows();
            ByteBuf[] bodies = new ByteBuf[flows.length];
            for (int i = 0; i < flows.length; i++) {
                bodies[i] = Unpooled.wrappedBuffer(TestFlows.encode(flows[i]));
            }
            messages(cache, bodies);
            long before = allocated();
            messages(cache, bodies);
            assertThat((allocated() - before) / EVENTS).isZero();
        }
    }

    private static void messages(ExternalCache cache, ByteBuf[] bodies) {
        for (int i = 0; i < EVENTS / 4; i++) {
            ByteBuf body = bodies[i & bodies.length - 1];
            cache.apply(MessageType.CT_NEW, 1, body, i);
            cache.apply(MessageType.CT_UPDATE, 1, body, i);
            cache.apply(MessageType.CT_UPDATE, 1, body, i);
            cache.apply(MessageType.CT_DELETE, 1, body, i);
        }
    }

    @Test
    void shouldAllocateNothingForTimers() {
        try (InternalCache cache = new InternalCache(100_000, true, true)) {
            cache.refreshWithin(2, new SplittableRandom(1));
            Conntrack[] flows = flows();
            long start = refresh(cache, flows, 0);
            long before = allocated();
            refresh(cache, flows, start);
            assertThat((allocated() - before) / EVENTS).isZero();
        }
    }

    private static long refresh(InternalCache cache, Conntrack[] flows, long start) {
        long nanos = start;
        for (int i = 0; i < EVENTS / 4; i++) {
            cache.onUpdate(flows[i & flows.length - 1], false, 0);
            nanos += TICK_NANOS / 16;
            cache.refreshPage(nanos, 64);
        }
        return nanos;
    }

    @Test
    void shouldAllocateNothingPerPage() {
        try (ExternalCache cache = new ExternalCache(100_000)) {
            for (Conntrack flow : flows()) {
                cache.apply(MessageType.CT_NEW, 1, flow, 0);
            }
            EntryCursor cursor = new EntryCursor();
            FlowPage page = new FlowPage();
            Conntrack into = new Conntrack();
            pages(cache, cursor, page, into);
            long before = allocated();
            pages(cache, cursor, page, into);
            assertThat((allocated() - before) / EVENTS).isZero();
        }
    }

    private static void pages(ExternalCache cache, EntryCursor cursor, FlowPage page, Conntrack into) {
        for (int i = 0; i < EVENTS / 256; i++) {
            cursor.rewind();
            boolean more = true;
            while (more) {
                more = cache.page(cursor, EntrySelection.LIVE, page);
                while (page.next(into)) {
                    page.complete(into);
                }
            }
        }
    }

    private static Conntrack[] flows() {
        Conntrack[] flows = new Conntrack[256];
        for (int i = 0; i < flows.length; i++) {
            flows[i] = TestFlows.tcp(i);
        }
        return flows;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void shouldNotGrowUnderChurn() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (InternalCache cache = new InternalCache(100_000, true, true)) {
            for (int i = 0; i < 5000; i++) {
                cache.onNew(TestFlows.tcp(i), false, 0);
            }
            churn(cache, random);
            long before = cache.memoryBytes();
            for (int i = 0; i < 5; i++) {
                churn(cache, random);
            }
            assertThat(cache.memoryBytes()).isLessThanOrEqualTo(before + 2 * Chunks.BYTES);
        }
    }

    private static void churn(InternalCache cache, Random random) {
        for (int i = 0; i < 10_000; i++) {
            Conntrack flow = TestFlows.withLabels(TestFlows.tcp(random.nextInt(5000)), 1 + random.nextInt(6));
            if (random.nextInt(3) == 0) {
                cache.onDestroy(flow, false);
            } else {
                cache.onUpdate(flow, false, i);
            }
        }
    }

    @Test
    void shouldGiveTheRoomOfOneSizeToAnother() {
        try (InternalCache cache = new InternalCache(100_000, true, true)) {
            long used = 0;
            for (int words = 1; words < 200; words += 20) {
                for (int i = 0; i < 4000; i++) {
                    cache.onNew(TestFlows.withLabels(TestFlows.tcp(i), words), false, 0);
                }
                used = cache.memoryBytes();
                for (int i = 0; i < 4000; i++) {
                    cache.onDestroy(TestFlows.tcp(i), false);
                }
            }
            // Headers, index and the bodies of the last and longest ones: none of the nine sizes before is left.
            long bodies = 4000L * (TestFlows.encode(TestFlows.withLabels(TestFlows.tcp(0), 181)).length + 16);
            assertThat(used).isLessThan(bodies + 6 * Chunks.BYTES);
        }
    }

    @Test
    void shouldGiveAllMemoryBackWhenClosed() throws IOException {
        long before = residentKilobytes();
        for (int round = 0; round < 5; round++) {
            try (Chunks chunks = new Chunks()) {
                for (int i = 0; i < 400; i++) {
                    chunks.take();
                }
                assertThat(chunks.bytes()).isEqualTo(400L * Chunks.BYTES);
            }
        }
        assertThat(residentKilobytes() - before).isLessThan(200 * 1024);
    }

    @Test
    void shouldRefuseUseWhenClosed() {
        InternalCache cache = new InternalCache(10, true, true);
        cache.onNew(TestFlows.tcp(1), false, 0);
        cache.close();
        cache.close();
        assertThat(cache.memoryBytes()).isZero();
        assertThatThrownBy(() -> cache.find(TestFlows.tcp(1))).isInstanceOf(IllegalStateException.class);
    }

    private static long residentKilobytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new AssertionError("no VmRSS");
    }
}
