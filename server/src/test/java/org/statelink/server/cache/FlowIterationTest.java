/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;

/** Pages of a cache that changes between them. */
class FlowIterationTest {
    private static final int STAYING = 3000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void shouldMeetWhatStaysExactlyOnce() {
        System.out.println("seed " + seed);
        expectExactlyOnce(new EntryCursor());
        expectExactlyOnce(EntryCursor.newestFirst());
    }

    private void expectExactlyOnce(EntryCursor cursor) {
        SipHash sip = SipHash.keyedAtRandom();
        try (InternalCache cache = new InternalCache(new EntryTable(key -> (int) key.hash(sip), 64), 100_000, true,
            true)) {
            for (int i = 0; i < 2 * STAYING; i++) {
                cache.onNew(TestFlows.tcp(i), false, 0);
            }
            Set<Integer> met = new HashSet<>();
            FlowPage page = new FlowPage(1);
            Conntrack flow = new Conntrack();
            boolean more = true;
            for (int pages = 0; more; pages++) {
                assertThat(pages).isLessThan(10 * STAYING);
                more = cache.page(cursor, EntrySelection.LIVE, page);
                while (page.next(flow)) {
                    boolean first = met.add(flow.original().sourcePort());
                    assertThat(first || flow.original().sourcePort() >= STAYING).isTrue();
                }
                disturb(cache);
            }
            for (int i = 0; i < STAYING; i++) {
                assertThat(met).contains(i);
            }
        }
    }

    /** Moves bodies, ends flows and makes so many that the index grows. */
    private void disturb(InternalCache cache) {
        for (int i = 0; i < 100; i++) {
            Conntrack stays = TestFlows.tcp(random.nextInt(STAYING));
            cache.onUpdate(TestFlows.withLabels(stays, 1 + random.nextInt(40)), false, 1);
            cache.onDestroy(TestFlows.tcp(STAYING + random.nextInt(40_000)), false);
            cache.onNew(TestFlows.tcp(STAYING + random.nextInt(40_000)), false, 1);
        }
    }

    @Test
    void shouldEndThoughFlowsKeepComing() {
        try (InternalCache cache = new InternalCache(100_000, true, true)) {
            FlowPage page = new FlowPage(1);
            EntryCursor cursor = new EntryCursor();
            int made = 0;
            int pages = 0;
            do {
                for (int i = 0; i < 200; i++) {
                    cache.onNew(TestFlows.tcp(made++), false, 0);
                }
                pages++;
            } while (cache.page(cursor, EntrySelection.LIVE, page) && pages < 200);
            assertThat(pages).isLessThan(10);
        }
    }

    @Test
    void shouldBoundTheWorkOfAPageOfNothing() {
        try (InternalCache cache = new InternalCache(100_000, true, true)) {
            for (int i = 0; i < 20_000; i++) {
                cache.onNew(TestFlows.tcp(i), false, 0);
            }
            EntryCursor cursor = new EntryCursor();
            FlowPage page = new FlowPage();
            assertThat(cache.page(cursor, EntrySelection.UNSEEN, page)).isTrue();
            assertThat(cache.page(cursor, EntrySelection.UNSEEN, page)).isTrue();
            assertThat(cache.page(cursor, EntrySelection.UNSEEN, page)).isFalse();
            assertThat(page.size()).isZero();
        }
    }

    @Test
    void shouldBeginAgainWhenRewound() {
        try (InternalCache cache = new InternalCache(10, true, true)) {
            cache.onNew(TestFlows.tcp(1), false, 0);
            EntryCursor cursor = new EntryCursor();
            FlowPage page = new FlowPage();
            cache.page(cursor, EntrySelection.LIVE, page);
            cache.page(cursor, EntrySelection.LIVE, page);
            assertThat(page.size()).isZero();
            cache.onNew(TestFlows.tcp(2), false, 0);
            cursor.rewind();
            cache.page(cursor, EntrySelection.LIVE, page);
            assertThat(page.size()).isEqualTo(2);
        }
    }

    @Test
    void shouldMeetTheNewestFirst() {
        try (InternalCache cache = new InternalCache(100, true, true)) {
            for (int i = 0; i < 3; i++) {
                cache.onNew(TestFlows.tcp(i), false, 0);
            }
            FlowPage page = new FlowPage();
            Conntrack flow = new Conntrack();
            List<Integer> met = new ArrayList<>();
            assertThat(cache.page(EntryCursor.newestFirst(), EntrySelection.LIVE, page)).isFalse();
            while (page.next(flow)) {
                met.add(flow.original().sourcePort());
            }
            assertThat(met).containsExactly(2, 1, 0);
        }
    }
}
