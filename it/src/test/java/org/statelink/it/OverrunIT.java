/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Kernel;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.it.Tables.assertSame;

/** When more happens in the kernel than its queue for the daemon can hold, both nodes know all of it in the end. */
@Tag("netns")
@Tag("alone")
@Timeout(120)
class OverrunIT {
    private static final int CONNECTIONS = 30_000;
    private static final int TINY = 65_536;
    private static final Duration HEALED = Duration.ofSeconds(10);

    @RegisterExtension
    final Lab lab = new Lab();

    @ParameterizedTest
    @EnumSource(names = {"OURS_AND_OURS", "OURS_AND_REFERENCE"})
    void shouldCatchUpWithAKernelThatWasTooQuick(Pair pair) throws Exception {
        lab.node1().start(pair.first(), lab.node1().config().eventBuffer(TINY));
        lab.node2().start(pair.second());
        lab.awaitGreeting();
        Kernel kernel = lab.node1().kernel();
        List<Flow> flows = pair.flows().take(CONNECTIONS);

        whileNobodyReads(() -> kernel.create(flows, 0));
        assertHealed(kernel, 1);
        whileNobodyReads(() -> kernel.delete(flows.subList(0, CONNECTIONS / 2), 0));
        assertHealed(kernel, 2);
    }

    /** A burst that is too quick on any machine. */
    private void whileNobodyReads(Runnable burst) {
        lab.node1().daemon().signal("STOP");
        try {
            burst.run();
        } finally {
            lab.node1().daemon().signal("CONT");
        }
    }

    private void assertHealed(Kernel kernel, int bursts) throws IOException {
        Daemon daemon = lab.node1().daemon();
        SortedSet<String> expected = kernel.flowsAsCached();
        Eventually.within(HEALED, () -> {
            assertSame("internal cache of node 1", daemon.internalCache(), expected);
            assertSame("external cache of node 2", lab.node2().daemon().externalCache(), expected);
        });
        assertThat(daemon.counter(Request.STATS_RUNTIME, "netlink overrun")).isGreaterThanOrEqualTo(bursts);
        assertThat(daemon.counter(Request.STATS_RUNTIME, "resync with kernel table")).isEqualTo(bursts);
    }
}
