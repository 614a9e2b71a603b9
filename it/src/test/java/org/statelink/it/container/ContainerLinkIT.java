/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.container;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.container.Firewall;
import org.statelink.it.lab.container.FirewallPair;

import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

/** What cannot be told while nothing gets through is told afterwards. */
@Tag("container")
@Tag("interop")
@Timeout(120)
class ContainerLinkIT {
    @RegisterExtension
    final FirewallPair pair = new FirewallPair();
    private final Connections connections = new Connections(pair);

    @ParameterizedTest
    @CsvSource({"OURS_AND_OURS, true", "OURS_AND_OURS, false", "OURS_AND_REFERENCE, true",
        "OURS_AND_REFERENCE, false", "REFERENCE_AND_OURS, false"})
    void shouldCatchUpAfterAPause(Pair programs, boolean first) throws IOException {
        connections.begin(programs);
        Firewall paused = first ? pair.first() : pair.second();
        paused.pause();
        connections.goOn();
        paused.resume();
        pair.awaitReplication();
        pair.takeOver();
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldCatchUpAfterAPartition(Pair programs) throws IOException {
        connections.begin(programs);
        pair.partition();
        connections.goOn();
        pair.heal();
        pair.awaitReplication();
        pair.takeOver();
    }

    @ParameterizedTest
    @CsvSource({"OURS_AND_OURS, 20", "OURS_AND_REFERENCE, 5", "REFERENCE_AND_OURS, 5"})
    void shouldLoseNothingWhereTheLinkLoses(Pair programs, int percent) throws IOException {
        pair.start(programs);
        pair.lose(percent);
        connections.open(programs);
        connections.goOn();
        pair.awaitReplication();
        pair.heal();
        pair.takeOver();
    }
}
