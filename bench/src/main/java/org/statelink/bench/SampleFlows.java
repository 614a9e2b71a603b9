/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.bench;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;

/** The flows that are measured: TCP over IPv4 with everything that conntrackd sends of an ordinary one, 92 bytes. */
final class SampleFlows {
    private SampleFlows() {
    }

    /** Makes a flow one of two thousand million, told apart by its number. */
    static void fill(Conntrack flow, int number, int state) {
        flow.clear();
        flow.original().setIpv4(0x0a000000 | number >>> 15, 0xcb007132);
        flow.original().setProtocol(IpProtocol.TCP);
        flow.original().setPorts(0x8000 | number & 0x7fff, 443);
        flow.setStatus(Status.CONFIRMED | Status.ASSURED | Status.SEEN_REPLY);
        flow.protocol().setState(state);
        flow.mark(Field.PROTOCOL_STATE);
        flow.protocol().setWindowScales(7, 8);
        flow.mark(Field.TCP_WINDOW_SCALE);
        flow.setTimeout(432000);
        flow.setMark(7);
        flow.synproxy().set(0, 0, 0);
        flow.mark(Field.SYNPROXY);
    }
}
