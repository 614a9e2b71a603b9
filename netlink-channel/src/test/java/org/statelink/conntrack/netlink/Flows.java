/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;

/** Flows between addresses of documentation ranges that only these tests use. */
final class Flows {
    /** 198.51.100.177. */
    static final int CLIENT = 0xc63364b1;
    /** 203.0.113.177. */
    static final int SERVER = 0xcb0071b1;
    static final long V6_HIGH = 0x20010db800510177L;
    static final int TIMEOUT = 300;

    private Flows() {
    }

    static Conntrack ipv4(int protocol) {
        Conntrack flow = new Conntrack();
        flow.original().setIpv4(CLIENT, SERVER);
        flow.original().setProtocol(protocol);
        flow.setTimeout(TIMEOUT);
        flow.setStatus(Status.CONFIRMED | Status.SEEN_REPLY | Status.ASSURED);
        return flow;
    }

    static Conntrack ipv6(int protocol) {
        Conntrack flow = ipv4(protocol);
        flow.original().setIpv6Source(V6_HIGH, 1);
        flow.original().setIpv6Destination(V6_HIGH, 2);
        return flow;
    }

    static Conntrack udp(int port) {
        Conntrack flow = ipv4(IpProtocol.UDP);
        flow.original().setPorts(port, 53);
        return flow;
    }

    static Conntrack tcp(int port) {
        Conntrack flow = ipv4(IpProtocol.TCP);
        flow.original().setPorts(port, 443);
        setState(flow, 3);
        return flow;
    }

    static void setState(Conntrack flow, int state) {
        flow.protocol().setState(state);
        flow.mark(Field.PROTOCOL_STATE);
    }

    static void setFlags(Conntrack flow, int original, int reply) {
        flow.protocol().setFlagsOriginal(original, original);
        flow.protocol().setFlagsReply(reply, reply);
        flow.mark(Field.TCP_FLAGS);
    }

    static void setScales(Conntrack flow, int original, int reply) {
        flow.protocol().setWindowScales(original, reply);
        flow.mark(Field.TCP_WINDOW_SCALE);
    }

    static Conntrack copy(Conntrack flow) {
        Conntrack copy = new Conntrack();
        copy.set(flow);
        return copy;
    }

    /** Whether a flow was made by these tests. */
    static boolean isOurs(Conntrack flow) {
        return flow.original().sourceLow() == (CLIENT & 0xffffffffL) && flow.original().sourceHigh() == 0
            || flow.original().sourceHigh() == V6_HIGH;
    }
}
