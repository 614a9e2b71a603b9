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
import org.statelink.it.lab.DedicatedLink;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Kernel;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.Program;

import static org.assertj.core.api.Assertions.assertThat;

/** A node that tells what happens while its peer is not there yet. Nothing of it is lost when ours tells it. */
@Tag("netns")
@Tag("interop")
@Timeout(60)
class LateStartIT {
    private static final int CONNECTIONS = 10_000;
    private static final int ENDED = 2_000;
    private static final int PER_SECOND = 3_000;
    private static final Duration GRACE = Duration.ofSeconds(15);

    @RegisterExtension
    final Lab lab = new Lab();

    /** The changes take almost five seconds; then the peer starts. */
    @ParameterizedTest
    @CsvSource({
        "OURS_AND_OURS, FTFW, TCP_IPV4", "OURS_AND_REFERENCE, FTFW, TCP_IPV6",
        "OURS_AND_OURS, NOTRACK, TCP_IPV6", "OURS_AND_REFERENCE, NOTRACK, TCP_IPV4",
        "OURS_AND_OURS, FTFW, UDP_IPV4", "OURS_AND_REFERENCE, FTFW, MULTICAST_IPV4"})
    void shouldLoseNothing(Pair pair, String mode, DedicatedLink link) throws Exception {
        start(lab.node1(), pair.first(), mode, link);
        List<Flow> flows = pair.flows().take(CONNECTIONS);
        Kernel kernel = lab.node1().kernel();
        kernel.create(flows, PER_SECOND);
        kernel.delete(flows.subList(0, ENDED), PER_SECOND);
        kernel.update(flows.subList(ENDED, 2 * ENDED).stream().map(flow -> flow.assured().mark(0x5a5a)).toList(),
            PER_SECOND);

        start(lab.node2(), pair.second(), mode, link);

        SortedSet<String> expected = kernel.flowsAsCached();
        assertThat(expected).hasSize(CONNECTIONS - ENDED);
        Eventually.within(GRACE, () -> Tables.assertSame("external cache of the late one",
            lab.node2().daemon().externalCache(), expected));
    }

    private static void start(Node node, Program program, String mode, DedicatedLink link) {
        node.start(program, node.config().modeName(mode).link(link));
    }
}
