/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestsTest {
    private final MockTicker ticker = Ticker.newMockTicker();
    private long slept;
    private final Rests rests = new Rests(ticker, nanos -> {
        slept += nanos;
        pass(nanos);
    });

    @BeforeEach
    void begin() {
        rests.begin();
    }

    @Test
    void shouldRestWhenItWasBusyForLong() throws Exception {
        turn(0, true);
        for (int i = 1; i <= 5; i++) {
            pass(Rests.BUSY_NANOS - 1);
            turn(0, true);
            assertThat(slept).isEqualTo((i - 1) * Rests.REST_NANOS);
            pass(1);
            turn(1, false);
            assertThat(slept).isEqualTo(i * Rests.REST_NANOS);
        }
    }

    @Test
    void shouldNotRestWhereItHadTime() throws Exception {
        for (int i = 0; i < 5; i++) {
            pass(Rests.BUSY_NANOS - 1);
            turn(1, false);
            assertThat(turn(0, false)).isEqualTo(SelectStrategy.SELECT);
        }
        assertThat(slept).isZero();
    }

    @Test
    void shouldNotRestBeforeItIsInRealTime() throws Exception {
        Rests none = new Rests(ticker, nanos -> slept += nanos);
        for (int i = 0; i < 5; i++) {
            none.calculateStrategy(() -> 1, true);
            pass(Rests.BUSY_NANOS);
        }
        assertThat(none.calculateStrategy(() -> 1, false)).isEqualTo(SelectStrategy.SELECT);
        assertThat(slept).isZero();
    }

    private int turn(int ready, boolean hasTasks) throws Exception {
        return rests.calculateStrategy(() -> ready, hasTasks);
    }

    private void pass(long nanos) {
        ticker.advance(nanos, TimeUnit.NANOSECONDS);
    }
}
