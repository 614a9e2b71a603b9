/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void shouldTakeFlowsOfEveryKindAllTheWayIntoThePeersKernel() throws Exception {
        Rehearsal.Outcome outcome = Rehearsal.start(150, TimeUnit.SECONDS).get(180, TimeUnit.SECONDS);

        assertThat(outcome).isEqualTo(new Rehearsal.Outcome(4L * Rehearsal.FLOWS, 3L * Rehearsal.FLOWS, 0));
    }

    @Test
    void shouldEndWhenTheTimeIsOver() throws Exception {
        assertThat(Rehearsal.start(0, TimeUnit.SECONDS).get(30, TimeUnit.SECONDS).told()).isLessThan(Rehearsal.FLOWS);
    }
}
