/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;

/** The bytes of a flow. */
final class FlowBytes {
    private FlowBytes() {
    }

    /** Of both directions, as far as the kernel counted them. */
    static long of(Conntrack flow) {
        return (flow.has(Field.COUNTERS_ORIGINAL) ? flow.countersOriginal().bytes() : 0)
            + (flow.has(Field.COUNTERS_REPLY) ? flow.countersReply().bytes() : 0);
    }
}
