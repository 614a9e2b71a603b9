/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.IntStream;
import org.statelink.it.lab.ControlSocket;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;

import static org.statelink.it.Tables.assertSame;

/** The story that matters: node 1 tracks, node 2 keeps up, node 1 dies, node 2 has it all. */
final class Takeover {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Lab lab;
    private final Pair pair;
    private int connections;
    private int perSecond;
    private int lossPercent;

    Takeover(Lab lab, Pair pair) {
        this.lab = lab;
        this.pair = pair;
    }

    /** So many connections, created at so many a second (0 = as fast as it goes); two in five end again. */
    Takeover connections(int count, int rate) {
        connections = count;
        perSecond = rate;
        return this;
    }

    /** While the dedicated link loses datagrams in both directions. */
    Takeover losing(int percent) {
        lossPercent = percent;
        return this;
    }

    void run() throws Exception {
        lab.start(pair);
        if (lossPercent > 0) {
            lab.faults().lose(lossPercent);
        }
        live();
        keepUp();
        lab.faults().heal();
        takeOver();
    }

    /** Connections begin, change and end on node 1. */
    private void live() {
        List<Flow> flows = pair.flows().take(connections);
        lab.node1().kernel().create(flows, perSecond);
        lab.node1().kernel().update(changed(flows), perSecond);
        lab.node1().kernel().delete(flows.subList(0, connections * 2 / 5), perSecond);
    }

    /** Some of those that stay: marks change, and of TCP the state too. */
    private List<Flow> changed(List<Flow> flows) {
        return IntStream.range(connections * 3 / 5, connections)
            .mapToObj(flows::get)
            .map(flow -> flow.assured().mark(0x5a5a))
            .toList();
    }

    private void keepUp() {
        SortedSet<String> kernel = lab.node1().kernel().flowsAsCached();
        Eventually.within(GRACE, () ->
            assertSame("external cache of node 2", lab.node2().daemon().externalCache(), kernel));
    }

    private void takeOver() throws Exception {
        SortedSet<String> lost = lab.node1().kernel().flows();
        lab.node1().daemon().kill();
        lab.node2().daemon().ask(ControlSocket.Request.COMMIT);
        assertSame("kernel of node 2", lab.node2().kernel().flows(), lost);
    }
}
