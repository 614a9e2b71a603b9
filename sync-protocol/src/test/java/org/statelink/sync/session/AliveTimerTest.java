/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AliveTimerTest {
    @Test
    void shouldBeDueOneSecondAfterTheLastRun() {
        AliveTimer timer = new AliveTimer();
        long start = Long.MAX_VALUE - 10;
        timer.rearm(start);
        assertThat(timer.remaining(start + 999_999_999L)).isEqualTo(1);
        timer.rearm(start + 5);
        assertThat(timer.remaining(start + 1_000_000_005L)).isZero();
    }
}
