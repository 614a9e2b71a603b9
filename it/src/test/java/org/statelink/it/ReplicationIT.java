/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;

import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

/** What one firewall tracks, the other one has when it has to take over. */
@Tag("netns")
@Tag("interop")
@Timeout(180)
class ReplicationIT {
    @RegisterExtension
    final Lab lab = new Lab();

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldTakeOverFiftyThousandConnections(Pair pair) throws Exception {
        new Takeover(lab, pair).connections(50_000, 20_000).run();
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldLoseNothingWhenTheLinkLosesFivePercent(Pair pair) throws Exception {
        new Takeover(lab, pair).connections(10_000, 5_000).losing(5).run();
    }
}
