/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.container;

import java.util.List;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.container.FirewallPair;

/** What the first firewall of a pair tracks: connections that come in thirds, and go. */
final class Connections {
    private static final int ALL = 900;
    private static final int THIRD = ALL / 3;

    private final FirewallPair pair;
    private List<Flow> flows;

    Connections(FirewallPair pair) {
        this.pair = pair;
    }

    /** Both run, and the second knows what the first one tracks. */
    void begin(Pair programs) {
        pair.start(programs);
        open(programs);
        pair.awaitReplication();
    }

    /** The first third begins, of what these programs carry. */
    void open(Pair programs) {
        flows = programs.flows().take(ALL);
        create(0, THIRD);
    }

    /** The second third begins. */
    void openHalfTheRest() {
        create(THIRD, 2 * THIRD);
    }

    /** The last third begins. */
    void openTheRest() {
        create(2 * THIRD, ALL);
    }

    /** Two thirds begin, half of the first one ends. */
    void goOn() {
        create(THIRD, ALL);
        pair.first().kernel().delete(flows.subList(0, THIRD / 2), 0);
    }

    private void create(int from, int to) {
        pair.first().kernel().create(flows.subList(from, to), 0);
    }
}
