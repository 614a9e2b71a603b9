/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.Tuple;

/** Flows for the tests, as the kernel and peers tell them. */
final class Flows {
    private Flows() {
    }

    static int v4(int a, int b, int c, int d) {
        return a << 24 | b << 16 | c << 8 | d;
    }

    /** What conntrackd keeps of a flow: no reply, no timeout, no counters. */
    static Conntrack external(int protocol, int source, int sourcePort, int destinationPort) {
        Conntrack flow = new Conntrack();
        flow.original().setProtocol(protocol);
        flow.original().setIpv4(source, v4(10, 1, 0, 1));
        flow.original().setPorts(sourcePort, destinationPort);
        flow.setStatus(Status.CONFIRMED);
        flow.setMark(0);
        return flow;
    }

    /** As conntrackd keeps it where it was seen. */
    static Conntrack internal(int protocol, int source, int sourcePort, int destinationPort) {
        Conntrack flow = external(protocol, source, sourcePort, destinationPort);
        flow.reply().setInverse(flow.original());
        return flow;
    }

    /** As the kernel lists it. */
    static Conntrack listed(int protocol, int source, int sourcePort, int destinationPort) {
        Conntrack flow = internal(protocol, source, sourcePort, destinationPort);
        flow.mark(Field.COUNTERS_ORIGINAL);
        flow.mark(Field.COUNTERS_REPLY);
        flow.setTimeout(99);
        flow.setUse(1);
        flow.setTimestampStart(1_795_294_307_500_000_000L);
        return flow;
    }

    static Conntrack icmp() {
        Conntrack flow = listed(IpProtocol.ICMP, v4(10, 0, 2, 4), 0, 0);
        flow.original().setIcmp(77, 8, 0);
        flow.reply().setInverse(flow.original());
        return flow;
    }

    static Conntrack v6(int protocol) {
        Conntrack flow = listed(protocol, 0, 1, 65535);
        flow.original().setIpv6Source(0xfd00L << 48, 1);
        flow.original().setIpv6Destination(0xfd00_0001L << 32, 0x0002_0000_0000_0002L);
        flow.original().setIcmp(78, 128, 0);
        flow.reply().setInverse(flow.original());
        return flow;
    }

    static Conntrack withState(Conntrack flow, int state) {
        flow.protocol().setState(state);
        flow.mark(Field.PROTOCOL_STATE);
        return flow;
    }

    static Conntrack withStatus(Conntrack flow, int status) {
        flow.setStatus(status);
        return flow;
    }

    /** A translated connection in a zone. */
    static Conntrack translated() {
        Conntrack flow = withState(internal(IpProtocol.TCP, v4(10, 0, 3, 1), 1, 21), 3);
        Tuple reply = flow.reply();
        reply.setIpv4(v4(8, 8, 8, 8), v4(9, 9, 9, 9));
        reply.setPorts(2121, 1);
        flow.setStatus(Status.CONFIRMED | Status.SEEN_REPLY | Status.ASSURED);
        flow.setMark(5);
        flow.setZone(3);
        flow.setId((int) 3_627_088_579L);
        return flow;
    }
}
