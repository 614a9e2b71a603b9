/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopLatencyTest {
    private final LoopLatency latency = new LoopLatency(Ticker.systemTicker());

    @Test
    void shouldCountByBuckets() {
        latency.record(0);
        latency.record(TimeUnit.MICROSECONDS.toNanos(100));
        latency.record(TimeUnit.MICROSECONDS.toNanos(101));
        latency.record(TimeUnit.SECONDS.toNanos(5));

        LoopLatency.Figures figures = latency.figures();

        assertThat(figures.counts()).hasSize(figures.boundsNanos().length + 1).startsWith(2, 1).endsWith(0, 1);
        assertThat(figures.sumNanos()).isEqualTo(5_000_201_000L);
        assertThat(figures.worstNanos()).isEqualTo(5_000_000_000L);
    }

    @Test
    void shouldForgetTheWorstAfterAMinute() {
        latency.record(7_000);
        for (int probe = 0; probe < 600; probe++) {
            latency.record(probe);
        }
        assertThat(latency.figures().worstNanos()).isEqualTo(599);
    }

    @Test
    void shouldSeeThatALoopWasHeld() throws Exception {
        EventLoop loop = new DefaultEventLoop();
        try {
            latency.start(loop);
            loop.submit(() -> {
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(600);
                while (System.nanoTime() < end) {
                    LockSupport.parkNanos(end - System.nanoTime());
                }
            }).sync();
            LoopLatency.Figures figures;
            do {
                figures = loop.submit(latency::figures).get();
            } while (Arrays.stream(figures.counts()).sum() < 6);
            assertThat(figures.worstNanos()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(400));
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }
}
