/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceNumberTest {
    private static final int[] ANCHORS = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x6b01eab0, 0xfffffff0};
    private static final int[] STEPS = {1, 2, 300, 131_072, 0x3fffffff, Integer.MAX_VALUE};

    @Test
    void shouldOrderAcrossEveryWrap() {
        for (int anchor : ANCHORS) {
            for (int near = -1000; near <= 1000; near++) {
                for (int step : STEPS) {
                    ordered(anchor + near, anchor + near + step, step);
                }
            }
        }
    }

    private static void ordered(int early, int late, int step) {
        boolean right = SequenceNumber.isBefore(early, late) && SequenceNumber.isAfter(late, early)
            && !SequenceNumber.isAfter(early, late) && !SequenceNumber.isBefore(late, early)
            && SequenceNumber.distance(early, late) == step && SequenceNumber.distance(late, early) == -step
            && SequenceNumber.isBetween(early, early, late) && SequenceNumber.isBetween(late, early, late)
            && !SequenceNumber.isBetween(SequenceNumber.previous(early), early, late);
        assertThat(right).as("%x %x", early, late).isTrue();
    }

    @Test
    void shouldNotOrderEquals() {
        for (int anchor : ANCHORS) {
            assertThat(SequenceNumber.isBefore(anchor, anchor)).isFalse();
            assertThat(SequenceNumber.isAfter(anchor, anchor)).isFalse();
            assertThat(SequenceNumber.isBetween(anchor, anchor, anchor)).isTrue();
        }
    }

    @Test
    void shouldStepAcrossTheWrap() {
        assertThat(SequenceNumber.next(-1)).isZero();
        assertThat(SequenceNumber.previous(0)).isEqualTo(-1);
        assertThat(SequenceNumber.next(Integer.MAX_VALUE)).isEqualTo(Integer.MIN_VALUE);
        assertThat(SequenceNumber.format(-1)).isEqualTo("4294967295");
    }

    @Test
    void shouldSeeTheOppositeBeforeFromBothSides() {
        assertThat(SequenceNumber.isBefore(0, Integer.MIN_VALUE)).isTrue();
        assertThat(SequenceNumber.isBefore(Integer.MIN_VALUE, 0)).isTrue();
    }
}
