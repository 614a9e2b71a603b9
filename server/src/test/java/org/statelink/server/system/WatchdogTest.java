/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WatchdogTest {
    private static final long INTERVAL_MILLIS = 100;

    @TempDir
    private Path folder;
    private final EventLoop loop = new DefaultEventLoop();
    private DatagramReceiver systemd;
    private ServiceManager manager;

    @BeforeEach
    void open() throws Exception {
        String address = folder.resolve("notify").toString();
        systemd = DatagramReceiver.at(address);
        manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", address,
            "WATCHDOG_USEC", Long.toString(TimeUnit.MILLISECONDS.toMicros(INTERVAL_MILLIS))));
    }

    @AfterEach
    void close() throws Exception {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        manager.close();
        systemd.close();
    }

    @Test
    void shouldFeedTheWatchdogTwiceAnInterval() throws Exception {
        long began = System.nanoTime();
        try (Watchdog watchdog = Watchdog.feed(manager, loop)) {
            assertThat(watchdog).isNotNull();
            for (int i = 0; i < 4; i++) {
                assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
            }
        }
        assertThat(System.nanoTime() - began)
            .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(4 * INTERVAL_MILLIS / 2));
    }

    @Test
    void shouldLetItStarveWhileTheLoopIsBlocked() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Watchdog watchdog = Watchdog.feed(manager, loop)) {
            assertThat(watchdog).isNotNull();
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
            loop.execute(() -> {
                blocked.countDown();
                awaitQuietly(release);
            });
            blocked.await();
            assertThat(awaitSilence()).as("sent while the loop stood still").isZero();

            release.countDown();
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
        }
    }

    /** How many come in three intervals, after one for those that are on their way. */
    private int awaitSilence() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        never.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        systemd.clear();
        never.await(3 * INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return systemd.waiting();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldStopWhenClosed() throws Exception {
        Watchdog watchdog = Watchdog.feed(manager, loop);
        assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
        watchdog.close();
        loop.submit(() -> { }).sync();
        assertThat(awaitSilence()).isZero();
    }

    @Test
    void shouldDoNothingWhereNoWatchdogIs() {
        try (Watchdog watchdog = Watchdog.feed(ServiceManager.NONE, loop)) {
            assertThat(watchdog).isNotNull();
        }
        assertThat(systemd.waiting()).isZero();
    }
}
