/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private final Backoff backoff = new Backoff();

    @Test
    void shouldWaitLongerAndLongerUpToASecond() {
        long[] expected = {100, 200, 400, 800, 1000, 1000};
        for (long milliseconds : expected) {
            assertThat(backoff.failed()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(milliseconds));
        }
    }

    @Test
    void shouldTryAtOnceAfterAConnectionThatLasted() {
        backoff.failed();
        backoff.failed();
        backoff.connected(5);
        assertThat(backoff.lost(5 + TimeUnit.SECONDS.toNanos(1))).isZero();
        assertThat(backoff.failed()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Test
    void shouldNotCompeteForAListenerThatServesAnother() {
        for (long milliseconds : new long[] {100, 200, 400}) {
            backoff.connected(7);
            assertThat(backoff.lost(8)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(milliseconds));
        }
    }
}
