/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;

/** The lab itself: two reference daemons agree with each other, so that a failure elsewhere is ours. */
@Tag("netns")
@Tag("interop")
@Timeout(120)
class OracleIT {
    @RegisterExtension
    final Lab lab = new Lab();

    @Test
    void shouldCarryEveryKindOfConnectionBetweenReferenceDaemons() throws Exception {
        new Takeover(lab, Pair.REFERENCE_AND_REFERENCE).connections(2_000, 0).run();
    }
}
