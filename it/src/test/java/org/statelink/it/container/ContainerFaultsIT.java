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
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.container.Firewall;
import org.statelink.it.lab.container.FirewallPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

/** What happens to machines and networks does not happen to what they know. */
@Tag("container")
@Tag("interop")
@Timeout(120)
class ContainerFaultsIT {
    private static final int CONNECTIONS = 900;
    private static final int THIRD = CONNECTIONS / 3;

    @RegisterExtension
    final FirewallPair pair = new FirewallPair();
    private List<Flow> flows;

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldKnowAllAgainAfterTheFirstWasKilled(Pair programs) throws IOException {
        begin(programs);
        pair.first().daemon().kill();
        pair.first().kernel().create(flows.subList(THIRD, 2 * THIRD), 0);
        pair.first().start(programs.first());
        pair.first().kernel().create(flows.subList(2 * THIRD, CONNECTIONS), 0);
        tellAll();
        pair.takeOver();
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldKnowAllAgainAfterTheSecondWasKilled(Pair programs) throws IOException {
        begin(programs);
        pair.second().daemon().kill();
        goOn();
        pair.second().start(programs.second());
        askForAll();
        pair.takeOver();
    }

    @ParameterizedTest
    @EnumSource(names = "OURS_AND_OURS")
    void shouldKnowAllAgainAfterAnOrderlyRestart(Pair programs) throws IOException {
        begin(programs);
        for (Firewall one : List.of(pair.first(), pair.second())) {
            order(one, "-k");
            one.daemon().awaitEnd();
            one.start(programs.first());
        }
        goOn();
        askForAll();
        pair.takeOver();
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldGiveARebootedFirewallItsConnectionsBack(Pair programs) throws IOException {
        begin(programs);
        pair.second().reboot();
        goOn();
        pair.second().start(programs.second());
        askForAll();
        pair.takeOver();
        pair.first().reboot();
        assertThat(pair.first().kernel().size()).isZero();
        pair.first().start(programs.first());
        pair.awaitGreeting();
        order(pair.first(), "-n");
        pair.awaitReplicationBack();
    }

    @ParameterizedTest
    @CsvSource({"OURS_AND_OURS, true", "OURS_AND_OURS, false", "OURS_AND_REFERENCE, true",
        "OURS_AND_REFERENCE, false", "REFERENCE_AND_OURS, false"})
    void shouldCatchUpAfterAPause(Pair programs, boolean first) throws IOException {
        begin(programs);
        Firewall paused = first ? pair.first() : pair.second();
        paused.pause();
        goOn();
        paused.resume();
        pair.awaitReplication();
        pair.takeOver();
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldCatchUpAfterAPartition(Pair programs) throws IOException {
        begin(programs);
        pair.partition();
        goOn();
        pair.heal();
        pair.awaitReplication();
        pair.takeOver();
    }

    @ParameterizedTest
    @CsvSource({"OURS_AND_OURS, 20", "OURS_AND_REFERENCE, 5", "REFERENCE_AND_OURS, 5"})
    void shouldLoseNothingWhereTheLinkLoses(Pair programs, int percent) throws IOException {
        pair.start(programs);
        pair.lose(percent);
        flows = programs.flows().take(CONNECTIONS);
        pair.first().kernel().create(flows.subList(0, THIRD), 0);
        goOn();
        pair.awaitReplication();
        pair.heal();
        pair.takeOver();
    }

    /** Both run, and the second knows what the first one tracks. */
    private void begin(Pair programs) {
        pair.start(programs);
        flows = programs.flows().take(CONNECTIONS);
        pair.first().kernel().create(flows.subList(0, THIRD), 0);
        pair.awaitReplication();
    }

    /** More connections begin, others end. */
    private void goOn() {
        pair.first().kernel().create(flows.subList(THIRD, CONNECTIONS), 0);
        pair.first().kernel().delete(flows.subList(0, THIRD / 2), 0);
    }

    /** As the script for keepalived does when a firewall becomes backup. */
    private void askForAll() {
        pair.awaitGreeting();
        order(pair.second(), "-n");
        pair.awaitReplication();
    }

    /** As that script does when a firewall becomes primary. */
    private void tellAll() {
        pair.awaitGreeting();
        order(pair.first(), "-B");
        pair.awaitReplication();
    }

    private static void order(Firewall firewall, String command) {
        assertThat(firewall.daemon().client(firewall.daemon().program(), command).status()).as(command).isZero();
    }
}
