/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import java.util.ArrayList;
import java.util.List;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;

/**
 * What ended flows have carried since the start, by protocol and by the state that they ended in. On the state loop;
 * adding allocates nothing.
 */
final class FlowTotals {
    private static final int PROTOCOLS = 256;
    /** States that have a name; others count as the first. */
    private static final int NAMED_STATES = 10;
    /** The last place is for flows of which none is known. */
    private static final int STATES = NAMED_STATES + 1;

    private final long[] flows = new long[PROTOCOLS * STATES];
    private final long[] packets = new long[PROTOCOLS * STATES];
    private final long[] bytes = new long[PROTOCOLS * STATES];

    void add(Conntrack flow) {
        int state = flow.has(Field.PROTOCOL_STATE) ? named(flow.protocol().state()) : NAMED_STATES;
        int place = (flow.original().protocol() & 0xff) * STATES + state;
        flows[place]++;
        packets[place] += flow.has(Field.COUNTERS_ORIGINAL) ? flow.countersOriginal().packets() : 0;
        packets[place] += flow.has(Field.COUNTERS_REPLY) ? flow.countersReply().packets() : 0;
        bytes[place] += FlowBytes.of(flow);
    }

    private static int named(int state) {
        return state >= 0 && state < NAMED_STATES ? state : 0;
    }

    /** Those that are not zero. */
    List<Total> snapshot() {
        List<Total> totals = new ArrayList<>();
        for (int place = 0; place < flows.length; place++) {
            if (flows[place] > 0) {
                int state = place % STATES;
                totals.add(new Total(place / STATES, state == NAMED_STATES ? Total.NO_STATE : state, flows[place],
                    packets[place], bytes[place]));
            }
        }
        return totals;
    }
}
