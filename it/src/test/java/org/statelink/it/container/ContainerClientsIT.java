/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.container;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.statelink.it.lab.Commands;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Controlled;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.Program;
import org.statelink.it.lab.container.Firewall;
import org.statelink.it.lab.container.FirewallPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.it.Tables.assertSame;

/** The programs inside a container say and do the same as the control socket says that its directory shows outside. */
@Tag("container")
@Tag("interop")
@Timeout(120)
class ContainerClientsIT {
    private static final int CONNECTIONS = 480;
    private static final Duration SOON = Duration.ofSeconds(15);

    @RegisterExtension
    final FirewallPair pair = new FirewallPair();

    @ParameterizedTest
    @CsvSource({"OURS_AND_OURS, OURS", "OURS_AND_REFERENCE, OURS", "OURS_AND_REFERENCE, REFERENCE",
        "REFERENCE_AND_OURS, OURS"})
    void shouldTakeOverByTheProgramsInside(Pair programs, Program client) throws Exception {
        pair.start(programs);
        Firewall first = pair.first();
        Firewall second = pair.second();
        first.kernel().create(Pair.OURS_AND_REFERENCE.flows().take(CONNECTIONS), 0);
        assertSame("conntrack -L", first.connections(), first.kernel().flowsAsCached());
        pair.awaitReplication();
        assertSame("-i", Controlled.flows(answer(first, client, "-i")), first.connections());
        assertSame("-e", Controlled.flows(answer(second, client, "-e")), first.connections());
        assertThat(answer(second, client, "-s")).contains(cacheOf(second));

        answer(second, client, "-c");
        Eventually.within(SOON, () -> assertSame("conntrack -L", second.connections(), first.connections()));
        answer(second, client, "-f");
        assertThat(second.daemon().cached("external")).isZero();
        answer(second, client, "-k");
        second.daemon().awaitEnd();
        assertThat(second.config().socket()).doesNotExist();
    }

    private static String answer(Firewall firewall, Program client, String command) {
        Commands.Result result = firewall.daemon().client(client, command);
        assertThat(result.status()).as(result.errors()).isZero();
        return result.output();
    }

    /** What the socket says of the external cache. */
    private static String cacheOf(Firewall firewall) throws Exception {
        String answer = firewall.daemon().ask(Request.STATS);
        return answer.substring(answer.indexOf("cache external"), answer.indexOf("traffic processed"));
    }
}
