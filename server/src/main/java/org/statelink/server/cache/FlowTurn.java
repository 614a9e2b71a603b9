/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.TcpStates;

/** When in a commit it is a flow's turn, by what is told of it: whose users would notice it missing comes early. */
final class FlowTurn {
    /** Established: most of what carries data. */
    static final int ESTABLISHED = 0;
    /** Answered, but not for long; or half closed. */
    static final int ANSWERED = 1;
    /** Begun and not answered, or over. */
    static final int REST = 2;
    /** What is told of the flow does not tell. */
    static final int UNTOLD = -1;

    private FlowTurn() {
    }

    static int of(Conntrack flow) {
        if (flow.original().protocol() != IpProtocol.TCP) {
            return flow.has(Field.STATUS) ? ofStatus(flow.status()) : UNTOLD;
        }
        if (flow.has(Field.PROTOCOL_STATE)) {
            return ofTcp(flow.protocol().state());
        }
        // the state of what is in a flow table is not told, which takes only what is established
        return (flow.status() & Status.OFFLOAD) != 0 ? ESTABLISHED : UNTOLD;
    }

    private static int ofStatus(int status) {
        if ((status & Status.ASSURED) != 0) {
            return ESTABLISHED;
        }
        return (status & Status.SEEN_REPLY) != 0 ? ANSWERED : REST;
    }

    private static int ofTcp(int state) {
        if (state == TcpStates.ESTABLISHED) {
            return ESTABLISHED;
        }
        return state >= TcpStates.SYN_RECV && state <= TcpStates.LAST_ACK ? ANSWERED : REST;
    }
}
