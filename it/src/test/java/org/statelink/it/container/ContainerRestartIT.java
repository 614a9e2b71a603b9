/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.container;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.container.Firewall;
import org.statelink.it.lab.container.FirewallPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

/** What a daemon or a machine forgets when it ends, the other one knows. */
@Tag("container")
@Tag("interop")
@Timeout(120)
class ContainerRestartIT {
    @RegisterExtension
    final FirewallPair pair = new FirewallPair();
    private final Connections connections = new Connections(pair);

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldKnowAllAgainAfterTheFirstWasKilled(Pair programs) throws IOException {
        connections.begin(programs);
        pair.first().daemon().kill();
        connections.openHalfTheRest();
        pair.first().start(programs.first());
        connections.openTheRest();
        tellAll();
        pair.takeOver();
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldKnowAllAgainAfterTheSecondWasKilled(Pair programs) throws IOException {
        connections.begin(programs);
        pair.second().daemon().kill();
        connections.goOn();
        pair.second().start(programs.second());
        askForAll();
        pair.takeOver();
    }

    @ParameterizedTest
    @EnumSource(names = "OURS_AND_OURS")
    void shouldKnowAllAgainAfterAnOrderlyRestart(Pair programs) throws IOException {
        connections.begin(programs);
        for (Firewall one : List.of(pair.first(), pair.second())) {
            order(one, "-k");
            one.daemon().awaitEnd();
            one.start(programs.first());
        }
        connections.goOn();
        askForAll();
        pair.takeOver();
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldGiveARebootedFirewallItsConnectionsBack(Pair programs) throws IOException {
        connections.begin(programs);
        pair.second().reboot();
        connections.goOn();
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
