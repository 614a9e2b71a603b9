/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Kernel;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;

import static org.assertj.core.api.Assertions.assertThat;

/** Several tunnels, and several UDP-Lite streams, between the same two hosts: only keys and ports tell them apart. */
@Tag("netns")
@Tag("interop")
@Timeout(60)
class TunnelsIT {
    private static final int EACH = 25;
    private static final Duration GRACE = Duration.ofSeconds(10);

    @RegisterExtension
    final Lab lab = new Lab();

    private Kernel sender;
    private Kernel receiver;

    @BeforeEach
    void nameKernels() {
        sender = lab.node1().kernel();
        receiver = lab.node2().kernel();
    }

    @ParameterizedTest
    @EnumSource(names = {"OURS_AND_OURS", "OURS_AND_REFERENCE"})
    void shouldCarryAllOfThemIfOursSends(Pair pair) throws Exception {
        takeOver(pair, 4 * EACH);

        assertThat(receiver.flows()).isEqualTo(sender.flows());
    }

    /** It sends neither keys nor ports, so that one entry is left of those of two hosts. */
    @Test
    void shouldTakeFromConntrackdWhatItSends() throws Exception {
        takeOver(Pair.REFERENCE_AND_OURS, 4);

        assertThat(kinds(receiver.flows())).containsExactly(
            Map.entry("gre 10.1.0.1", 1), Map.entry("gre fd00:0:0:0:0:0:0:1", 1),
            Map.entry("udplite 10.1.0.1", 1), Map.entry("udplite fd00:0:0:0:0:0:0:1", 1));
        assertThat(receiver.flows()).allMatch(flow -> flow.contains(" 0 > 0"));
    }

    private void takeOver(Pair pair, int expected) throws Exception {
        lab.start(pair);
        sender.create(flows(), 0);
        Eventually.within(GRACE, () -> assertThat(lab.node2().daemon().cached("external")).isEqualTo(expected));
        lab.node2().daemon().ask(Request.COMMIT);
    }

    private static List<Flow> flows() {
        return IntStream.range(0, EACH).boxed().flatMap(i -> Stream.of(
            Flow.gre("10.1.0.1", 100 + i, "203.0.113.1", 200 + i).replied(),
            Flow.gre("fd00::1", 100 + i, "fd00::2", 200 + i).replied(),
            Flow.udpLite("10.1.0.1", 5000 + i, "203.0.113.1", 5004).replied(),
            Flow.udpLite("fd00::1", 5000 + i, "fd00::2", 5004).replied())).toList();
    }

    /** How many there are of each protocol from each host. */
    private static Map<String, Integer> kinds(SortedSet<String> flows) {
        return flows.stream().collect(Collectors.groupingBy(flow -> flow.substring(0, flow.indexOf(" > ")),
            TreeMap::new, Collectors.summingInt(flow -> 1)));
    }
}
