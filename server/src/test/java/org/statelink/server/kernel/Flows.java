/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;

/** Flows for tests, told apart by their source port. */
public final class Flows {
    private Flows() {
    }

    /** An established TCP flow as a peer tells it: no reply tuple. */
    public static Conntrack tcp(int sourcePort) {
        Conntrack flow = new Conntrack();
        flow.original().setIpv4(0xc6336422, 0xc6336432);
        flow.original().setProtocol(IpProtocol.TCP);
        flow.original().setPorts(sourcePort, 80);
        flow.setStatus(Status.CONFIRMED | Status.SEEN_REPLY | Status.ASSURED);
        flow.setTimeout(300);
        flow.protocol().setState(3);
        flow.mark(Field.PROTOCOL_STATE);
        return flow;
    }

    /** The same with its source translated to 198.51.100.52 and the port given. */
    public static Conntrack tcpWithSnat(int sourcePort, int translatedPort) {
        Conntrack flow = tcp(sourcePort);
        flow.setStatus(flow.status() | Status.SRC_NAT | Status.SRC_NAT_DONE);
        flow.nat().setSource(0, 0xc6336434L);
        flow.mark(Field.SNAT_ADDRESS);
        flow.nat().setSourcePort(translatedPort);
        flow.mark(Field.SNAT_PORT);
        return flow;
    }

    /** A flow that belongs to the one with the port {@code masterPort}. */
    public static Conntrack related(int sourcePort, int masterPort) {
        Conntrack flow = tcp(sourcePort);
        flow.setStatus(flow.status() | Status.EXPECTED);
        flow.master().set(tcp(masterPort).original());
        return flow;
    }
}
