/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.it.Tables.assertSame;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Kernel;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;

/** Connections one direction of which alone is of a zone, as {@code ct original zone set} makes them. */
@Tag("netns")
@Timeout(60)
class ZonesIT {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final List<Flow> FLOWS = List.of(
        tcp("198.51.100.1"), tcp("198.51.100.1").originalZone(5).sourceNat("100.64.0.2", 4002),
        tcp("198.51.100.1").originalZone(6).sourceNat("100.64.0.2", 4003).mark(9),
        tcp("198.51.100.1").zone(7), tcp("198.51.100.2").replyZone(8), tcp("fd00::1").originalZone(0xffff),
        tcp("198.51.100.3").originalZone(5).sourceNat("100.64.0.1", 4001),
        Flow.udp("198.51.100.3", 4000, "203.0.113.1", 53).replyZone(6));

    @RegisterExtension
    final Lab lab = new Lab();

    private static Flow tcp(String source) {
        return Flow.tcp(source, 4000, source.contains(":") ? "fd00::2" : "203.0.113.1", 443,
            Flow.TcpState.ESTABLISHED).assured();
    }

    @Test
    void shouldKeepThemApartAndPutThemIntoTheKernelAsTheyWere() throws Exception {
        lab.start(Pair.OURS_AND_OURS);
        Daemon taker = lab.node2().daemon();
        Kernel kernel = lab.node1().kernel();
        kernel.create(FLOWS, 0);
        Eventually.within(GRACE, () ->
            assertSame("external cache", taker.externalCache(), kernel.flowsAsCached()));
        kernel.delete(FLOWS.subList(0, 2), 0);
        Eventually.within(GRACE, () ->
            assertSame("external cache", taker.externalCache(), kernel.flowsAsCached()));
        assertThat(taker.cached("external")).isEqualTo(FLOWS.size() - 2);

        taker.ask(Request.COMMIT);

        assertSame("kernel", lab.node2().kernel().flows(), kernel.flows());
        assertSame("internal cache", taker.internalCache(), kernel.flowsAsCached());
    }

    /** It knows no zones of directions; what there is more of than it expects does not keep it from the rest. */
    @Test
    @Tag("interop")
    void shouldTellConntrackdWhatItUnderstands() throws Exception {
        lab.start(Pair.OURS_AND_REFERENCE);
        Daemon reference = lab.node2().daemon();
        List<Flow> different = FLOWS.subList(3, FLOWS.size());
        lab.node1().kernel().create(different, 0);

        Eventually.within(GRACE, () -> assertThat(reference.cached("external")).isEqualTo(different.size()));
        assertThat(reference.counter(Request.STATS_NETWORK, "Malformed messages")).isZero();
        lab.node1().kernel().delete(different.subList(1, different.size()), 0);
        Eventually.within(GRACE, () -> assertThat(reference.cached("external")).isOne());
    }
}
