/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void shouldTakeFlowsAllTheWayToThePeer() throws Exception {
        assertThat(Rehearsal.start(150, TimeUnit.SECONDS).get(180, TimeUnit.SECONDS)).isEqualTo(2L * Rehearsal.FLOWS);
    }

    @Test
    void shouldEndWhenTheTimeIsOver() throws Exception {
        assertThat(Rehearsal.start(0, TimeUnit.SECONDS).get(30, TimeUnit.SECONDS)).isLessThan(Rehearsal.FLOWS);
    }
}
