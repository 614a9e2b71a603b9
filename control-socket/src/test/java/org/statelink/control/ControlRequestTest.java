/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ControlRequestTest {
    @Test
    void shouldFindEachRequestByItsNumber() {
        for (ControlRequest request : ControlRequest.values()) {
            assertThat(ControlRequest.valueOf(request.number())).contains(request);
        }
        assertThat(ControlRequest.values()).hasSize(55);
    }

    @Test
    void shouldKnowNoOtherNumbers() {
        for (int number : new int[] {Integer.MIN_VALUE, -1, 2, 15, 49, 256, 0x534c0000, 0x534c0015,
            Integer.MAX_VALUE}) {
            assertThat(ControlRequest.valueOf(number)).isEmpty();
        }
    }

    @Test
    void shouldKeepTheNumbersOfConntrackd() {
        assertThat(ControlRequest.CT_DUMP_INTERNAL.number()).isEqualTo(16);
        assertThat(ControlRequest.KILL.number()).isEqualTo(20);
        assertThat(ControlRequest.REQUEST_DUMP.number()).isEqualTo(23);
        assertThat(ControlRequest.STATS_PROCESS.number()).isEqualTo(35);
        assertThat(ControlRequest.ALL_COMMIT.number()).isEqualTo(46);
        assertThat(ControlRequest.EXP_DUMP_EXT_XML.number()).isEqualTo(48);
    }

    @Test
    void shouldSayTheSameInJsonFarFromTheNumbersOfConntrackd() {
        assertThat(ControlRequest.STATS.asJson()).contains(ControlRequest.STATS_JSON);
        assertThat(ControlRequest.KILL.asJson()).isEmpty();
        for (ControlRequest request : ControlRequest.values()) {
            request.asJson().ifPresent(json -> {
                assertThat(json.isOurs()).isTrue();
                assertThat(json.asJson()).isEmpty();
                assertThat(json.needsExpectationSync()).isEqualTo(request.needsExpectationSync());
            });
        }
        assertThat(ControlRequest.EXP_DUMP_EXT_XML.isOurs()).isFalse();
    }

    @Test
    void shouldTellWhatNeedsExpectations() {
        assertThat(ControlRequest.EXP_STATS.needsExpectationSync()).isTrue();
        assertThat(ControlRequest.EXP_COMMIT.needsExpectationSync()).isTrue();
        assertThat(ControlRequest.EXP_DUMP_INT_XML.needsExpectationSync()).isFalse();
        assertThat(ControlRequest.ALL_COMMIT.needsExpectationSync()).isFalse();
    }
}
