/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.Program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.it.Tables.assertSame;

/** The other modes, with the reference as peer on either side. */
@Tag("netns")
@Tag("interop")
@Timeout(120)
class ModesIT {
    private static final int CONNECTIONS = 500;
    private static final int PER_SECOND = 2_000;
    private static final Duration GRACE = Duration.ofSeconds(15);

    @RegisterExtension
    final Lab lab = new Lab();

    @ParameterizedTest
    @CsvSource({
        "OURS_AND_OURS, NOTRACK, ''", "OURS_AND_REFERENCE, NOTRACK, ''", "REFERENCE_AND_OURS, NOTRACK, ''",
        "OURS_AND_OURS, ALARM, RefreshTime 5", "OURS_AND_REFERENCE, ALARM, RefreshTime 5",
        "REFERENCE_AND_OURS, ALARM, RefreshTime 5",
        "OURS_AND_REFERENCE, NOTRACK, DisableInternalCache on", "REFERENCE_AND_OURS, NOTRACK, DisableInternalCache on"})
    void shouldTakeOver(Pair pair, String mode, String option) throws Exception {
        start(pair, mode, option);
        live(pair.flows().take(CONNECTIONS));
        SortedSet<String> kernel = lab.node1().kernel().flowsAsCached();
        Eventually.within(GRACE, () ->
            assertSame("external cache of node 2", lab.node2().daemon().externalCache(), kernel));

        SortedSet<String> lost = lab.node1().kernel().flows();
        lab.node1().daemon().kill();
        lab.node2().daemon().ask(Request.COMMIT);

        assertSame("kernel of node 2", lab.node2().kernel().flows(), lost);
        assertNoneMalformed(lab.node2());
    }

    @ParameterizedTest
    @CsvSource({"OURS_AND_OURS, FTFW", "OURS_AND_OURS, NOTRACK", "OURS_AND_REFERENCE, NOTRACK",
        "REFERENCE_AND_OURS, NOTRACK", "REFERENCE_AND_OURS, FTFW"})
    void shouldKeepTheOtherKernelEqual(Pair pair, String mode) throws Exception {
        start(pair, mode, "DisableExternalCache on");
        live(pair.flows().take(CONNECTIONS));

        SortedSet<String> kernel = lab.node1().kernel().flows();
        Eventually.within(GRACE, () -> assertSame("kernel of node 2", lab.node2().kernel().flows(), kernel));

        assertThat(lab.node2().daemon().externalCache()).isEmpty();
        assertThat(lab.node2().daemon().ask(Request.STATS)).contains("external inject:");
        assertNoneMalformed(lab.node2());
    }

    private void start(Pair pair, String mode, String option) {
        start(lab.node1(), pair.first(), mode, option);
        start(lab.node2(), pair.second(), mode, option);
        if (!mode.equals("ALARM")) {
            lab.awaitGreeting();
        }
    }

    private static void start(Node node, Program program, String mode, String option) {
        node.start(program, node.config().modeName(mode).mode(option));
    }

    /** Connections begin, change and end on node 1. */
    private void live(List<Flow> flows) {
        lab.node1().kernel().create(flows, PER_SECOND);
        List<Flow> changed = flows.subList(CONNECTIONS / 2, CONNECTIONS).stream()
            .map(flow -> flow.assured().mark(0x5a5a)).toList();
        lab.node1().kernel().update(changed, PER_SECOND);
        lab.node1().kernel().delete(flows.subList(0, CONNECTIONS / 5), PER_SECOND);
    }

    private static void assertNoneMalformed(Node node) throws Exception {
        assertThat(node.daemon().ask(Request.STATS_NETWORK)).contains("Malformed messages:\t                   0\n");
    }
}
