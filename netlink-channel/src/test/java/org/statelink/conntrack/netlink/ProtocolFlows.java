/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import java.util.List;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;

/** One flow of every protocol that current kernels track, and of one that they know by addresses only. */
final class ProtocolFlows {
    private static final int ESP = 50;

    private ProtocolFlows() {
    }

    static List<Conntrack> all() {
        return List.of(Flows.tcp(2001), Flows.udp(2002), ports(IpProtocol.UDPLITE, 2003), sctp(2004),
            ports(IpProtocol.GRE, 2005), icmp(2006), icmpv6(2007), tcp6(2008), Flows.ipv4(ESP));
    }

    private static Conntrack ports(int protocol, int port) {
        Conntrack flow = Flows.ipv4(protocol);
        flow.original().setPorts(port, 7);
        return flow;
    }

    private static Conntrack tcp6(int port) {
        Conntrack flow = Flows.ipv6(IpProtocol.TCP);
        flow.original().setPorts(port, 80);
        Flows.setState(flow, 3);
        return flow;
    }

    static Conntrack sctp(int port) {
        Conntrack flow = ports(IpProtocol.SCTP, port);
        Flows.setState(flow, 4);
        flow.protocol().setVtags(0x11223344, 0x55667788);
        flow.mark(Field.SCTP_VTAG);
        return flow;
    }

    private static Conntrack icmp(int id) {
        Conntrack flow = Flows.ipv4(IpProtocol.ICMP);
        flow.original().setIcmp(id, 8, 0);
        return flow;
    }

    private static Conntrack icmpv6(int id) {
        Conntrack flow = Flows.ipv6(IpProtocol.ICMPV6);
        flow.original().setIcmp(id, 128, 0);
        return flow;
    }
}
