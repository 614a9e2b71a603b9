/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.container;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.container.FirewallPair;

import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;
import static org.statelink.it.Tables.assertSame;

/** What one container tracks, the other one has when it has to take over. */
@Tag("container")
@Tag("interop")
@Timeout(120)
class ContainerTakeoverIT {
    private static final int CONNECTIONS = 1_000;
    private static final int CHANGED = 600;
    private static final int ENDED = 400;
    private static final Duration SOON = Duration.ofSeconds(15);

    @RegisterExtension
    final FirewallPair pair = new FirewallPair();

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldReplicateUpdateDeleteAndCommit(Pair programs) throws Exception {
        pair.start(programs);
        List<Flow> flows = programs.flows().take(CONNECTIONS);
        pair.first().kernel().create(flows, 0);
        awaitSecondToKnowAll();
        pair.first().kernel().update(changed(flows), 0);
        awaitSecondToKnowAll();
        pair.first().kernel().delete(flows.subList(0, ENDED), 0);
        awaitSecondToKnowAll();

        SortedSet<String> lost = pair.first().kernel().flows();
        pair.first().daemon().kill();
        pair.second().daemon().ask(Request.COMMIT);
        assertSame("kernel of the second", pair.second().kernel().flows(), lost);
    }

    private static List<Flow> changed(List<Flow> flows) {
        return flows.subList(CHANGED, CONNECTIONS).stream().map(flow -> flow.assured().mark(0x5a5a)).toList();
    }

    private void awaitSecondToKnowAll() {
        SortedSet<String> kernel = pair.first().kernel().flowsAsCached();
        Eventually.within(SOON, () ->
            assertSame("external cache of the second", pair.second().daemon().externalCache(), kernel));
    }
}
