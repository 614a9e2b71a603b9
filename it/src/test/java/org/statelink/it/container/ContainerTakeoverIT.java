/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.container;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.statelink.it.lab.DedicatedLink;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.container.FirewallPair;

import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

/** What one container tracks, the other one has when it has to take over: in every mode, on every kind of link. */
@Tag("container")
@Tag("interop")
@Timeout(120)
class ContainerTakeoverIT {
    private static final int CONNECTIONS = 1_000;
    private static final int CHANGED = 600;
    private static final int ENDED = 400;

    @RegisterExtension
    final FirewallPair pair = new FirewallPair();

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldReplicateUpdateDeleteAndCommit(Pair programs) throws IOException {
        pair.start(programs);
        List<Flow> flows = programs.flows().take(CONNECTIONS);
        pair.first().kernel().create(flows, 0);
        pair.awaitReplication();
        pair.first().kernel().update(changed(flows), 0);
        pair.awaitReplication();
        pair.first().kernel().delete(flows.subList(0, ENDED), 0);
        pair.awaitReplication();
        pair.takeOver();
    }

    @ParameterizedTest
    @CsvSource({
        "OURS_AND_OURS, FTFW, TCP_IPV4", "OURS_AND_REFERENCE, FTFW, UDP_IPV6", "REFERENCE_AND_OURS, FTFW, TCP_IPV6",
        "OURS_AND_OURS, NOTRACK, UDP_IPV6", "OURS_AND_REFERENCE, NOTRACK, TCP_IPV4",
        "REFERENCE_AND_OURS, NOTRACK, MULTICAST_IPV6",
        "OURS_AND_OURS, ALARM, MULTICAST_IPV6", "OURS_AND_REFERENCE, ALARM, MULTICAST_IPV4",
        "REFERENCE_AND_OURS, ALARM, UDP_IPV4"})
    void shouldTakeOver(Pair programs, String mode, DedicatedLink link) throws IOException {
        pair.start(programs, config -> config.modeName(mode).link(link)
            .mode(mode.equals("ALARM") ? "RefreshTime 1" : ""));
        if (!mode.equals("ALARM")) {
            pair.awaitContact();
        }
        List<Flow> flows = programs.flows().take(CONNECTIONS);
        pair.first().kernel().create(flows, 0);
        pair.first().kernel().update(changed(flows), 0);
        pair.first().kernel().delete(flows.subList(0, ENDED), 0);
        pair.awaitReplication();
        pair.takeOver();
    }

    private static List<Flow> changed(List<Flow> flows) {
        return flows.subList(CHANGED, CONNECTIONS).stream().map(flow -> flow.assured().mark(0x5a5a)).toList();
    }
}
