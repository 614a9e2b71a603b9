/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.session.ObjectSource;

/** What the caches do as time passes, in the mode that has timers. */
class TimedCachesTest {
    private static final int FLOWS = 1_000;
    private static final int REFRESH_SECONDS = 10;
    private static final int CACHE_SECONDS = 30;

    private final InternalCache internal = new InternalCache(100_000, true, true);
    private final ExternalCache external = new ExternalCache(100_000);
    private int told;

    @AfterEach
    void close() {
        internal.close();
        external.close();
    }

    @Test
    void shouldTellOfEveryFlowWithinTheRefreshTimeAgainAndAgain() {
        refresh();
        for (int i = 0; i < FLOWS; i++) {
            internal.onUpdate(TestFlows.tcp(i), false, 0);
        }
        refreshUntil(1);
        assertThat(told).as("none within the first second").isZero();

        refreshUntil(REFRESH_SECONDS + 1);
        assertThat(told).as("all within refresh time and a second").isBetween(FLOWS, 3 * FLOWS);

        int before = told;
        refreshUntil(10 * REFRESH_SECONDS);
        // 5.5 s and 0.6 s on average
        assertThat(told - before).isBetween(FLOWS * 12, FLOWS * 18);
    }

    @Test
    void shouldNotTellOfFlowsThatEndedOrWereFlushed() {
        refresh();
        for (int i = 0; i < FLOWS; i++) {
            internal.onNew(TestFlows.tcp(i), false, 0);
        }
        for (int i = 0; i < FLOWS / 2; i++) {
            internal.onDestroy(TestFlows.tcp(i), false);
        }
        internal.flush();

        refreshUntil(2 * REFRESH_SECONDS);

        assertThat(told).isZero();
    }

    @Test
    void shouldLookAtAPageAtATime() {
        refresh();
        for (int i = 0; i < FLOWS; i++) {
            internal.onNew(TestFlows.tcp(i), false, 0);
        }

        assertThat(internal.refreshPage(TimeUnit.SECONDS.toNanos(100), 10)).isTrue();
        assertThat(told).isEqualTo(10);
    }

    @Test
    void shouldKeepQueueAndTimeApart() {
        refresh();
        int ref = internal.onNew(TestFlows.tcp(1), true, 0);
        internal.setQueue(ref, ObjectSource.QUEUE_RESEND, 77);
        internal.onUpdate(TestFlows.tcp(1), false, 1);

        assertThat(internal.queueState(ref)).isEqualTo(ObjectSource.QUEUE_RESEND);
        assertThat(internal.queuePosition(ref)).isEqualTo(77);
        internal.setQueue(ref, ObjectSource.QUEUE_NONE, 0);
        told = 0;
        refreshUntil(REFRESH_SECONDS + 1);
        assertThat(told).isPositive();
    }

    @Test
    void shouldForgetWhatNoPeerTellsOf() {
        external.expireAfter(CACHE_SECONDS);
        for (int i = 0; i < FLOWS; i++) {
            external.apply(MessageType.CT_NEW, 0, TestFlows.tcp(i), 0);
        }
        expireAt(20);
        for (int i = 0; i < 10; i++) {
            external.apply(MessageType.CT_UPDATE, 0, TestFlows.tcp(i), 20);
        }
        external.apply(MessageType.CT_DELETE, 0, TestFlows.tcp(0), 20);

        expireAt(29);
        assertThat(external.counters().get(CacheCounter.ACTIVE)).isEqualTo(FLOWS - 1);
        expireAt(30);
        assertThat(external.counters().get(CacheCounter.ACTIVE)).isEqualTo(9);
        assertThat(external.counters().get(CacheCounter.DESTROYED)).isEqualTo(FLOWS - 9);
        expireAt(50);
        assertThat(external.counters().get(CacheCounter.ACTIVE)).isZero();
        assertThat(external.contains(TestFlows.tcp(5))).isFalse();
    }

    @Test
    void shouldTellWhenAFlowExpires() {
        FlowPage page = new FlowPage();
        external.apply(MessageType.CT_NEW, 0, TestFlows.tcp(1), 0);
        external.page(new EntryCursor(), EntrySelection.LIVE, page);
        assertThat(page.next(new Conntrack())).isTrue();
        assertThat(page.dueAt()).as("no timers yet").isZero();

        external.expireAfter(CACHE_SECONDS);
        expireAt(12);
        external.apply(MessageType.CT_UPDATE, 0, TestFlows.tcp(1), 12);
        external.page(new EntryCursor(), EntrySelection.LIVE, page);
        assertThat(page.next(new Conntrack())).isTrue();
        assertThat(page.dueAt()).isEqualTo(12 + CACHE_SECONDS);
    }

    private void refresh() {
        internal.refreshWithin(REFRESH_SECONDS, new SplittableRandom(1));
        internal.setSession(new CacheSession() {
            @Override
            public void send(int ref) {
                told++;
            }

            @Override
            public void forget(int ref) {
            }
        });
    }

    private void refreshUntil(int seconds) {
        for (long tick = 0; tick <= seconds * 5L; tick++) {
            boolean more = true;
            while (more) {
                more = internal.refreshPage(TimeUnit.MILLISECONDS.toNanos(200 * tick), 64);
            }
        }
    }

    private void expireAt(int seconds) {
        boolean more = true;
        while (more) {
            more = external.expirePage(TimeUnit.SECONDS.toNanos(seconds), 64);
        }
    }
}
