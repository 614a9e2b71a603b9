/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.rehearsal;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;

/**
 * The flows of a rehearsal: of each kind that a firewall sees, in turn. What is left out, the JVM takes for impossible,
 * and throws away what it compiled when it meets it.
 */
final class RehearsedFlows {
    private static final int SERVER = 0xcb007101;
    private static final long OUTSIDE = 0xc6336432L;
    private static final long INSIDE = 0x0a000002L;
    private static final long PREFIX = 0x20010db800000000L;
    private static final int KINDS = 8;
    private static final int RELATED_EVERY = 64;

    private RehearsedFlows() {
    }

    /** Makes flow number {@code index}, which is new in phase 0 and gets on with each of those that follow. */
    static void fill(Conntrack flow, int index, int phase) {
        flow.clear();
        flow.setStatus(Status.CONFIRMED | (phase > 0 ? Status.SEEN_REPLY | Status.ASSURED : 0));
        flow.setTimeout(300);
        flow.setMark(index & 1);
        flow.original().setIpv4(client(index), SERVER);
        switch (index % KINDS) {
            case 0 -> translatedSource(udp(flow, index), index);
            case 1 -> tcp(flow, index, phase);
            case 2 -> translatedDestination(tcp(flow, index, phase));
            case 3 -> ipv6(tcp(flow, index, phase), index);
            case 4 -> echo(flow, index);
            case 5 -> labelled(udp(flow, index), index);
            default -> translatedSource(scaled(tcp(flow, index, phase)), index);
        }
        if (index % RELATED_EVERY == RELATED_EVERY - 1) {
            relate(flow, index);
        }
    }

    private static int client(int index) {
        return 0xc6336400 | index & 0x3f;
    }

    private static Conntrack udp(Conntrack flow, int index) {
        flow.original().setProtocol(IpProtocol.UDP);
        flow.original().setPorts(1024 + index, 53);
        return flow;
    }

    private static Conntrack tcp(Conntrack flow, int index, int phase) {
        flow.original().setProtocol(IpProtocol.TCP);
        flow.original().setPorts(1024 + index, 443);
        flow.protocol().setState(1 + phase);
        flow.mark(Field.PROTOCOL_STATE);
        return flow;
    }

    private static Conntrack scaled(Conntrack flow) {
        flow.protocol().setWindowScales(7, 8);
        flow.mark(Field.TCP_WINDOW_SCALE);
        return flow;
    }

    private static void echo(Conntrack flow, int index) {
        flow.original().setProtocol(IpProtocol.ICMP);
        flow.original().setIcmp(index, 8, 0);
    }

    private static void ipv6(Conntrack flow, int index) {
        flow.original().setIpv6Source(PREFIX, index);
        flow.original().setIpv6Destination(PREFIX + 1, 1);
    }

    private static void labelled(Conntrack flow, int index) {
        flow.labels().clear(4);
        flow.labels().setWord(0, index);
        flow.mark(Field.LABELS);
        flow.setZone(1);
    }

    private static void translatedSource(Conntrack flow, int index) {
        flow.setStatus(flow.status() | Status.SRC_NAT | Status.SRC_NAT_DONE | Status.DST_NAT_DONE);
        flow.nat().setSource(0, OUTSIDE);
        flow.mark(Field.SNAT_ADDRESS);
        flow.nat().setSourcePort(20_000 + index);
        flow.mark(Field.SNAT_PORT);
    }

    private static void translatedDestination(Conntrack flow) {
        flow.setStatus(flow.status() | Status.DST_NAT | Status.SRC_NAT_DONE | Status.DST_NAT_DONE);
        flow.nat().setDestination(0, INSIDE);
        flow.mark(Field.DNAT_ADDRESS);
    }

    /** To the flow before it, which is of the same protocol. */
    private static void relate(Conntrack flow, int index) {
        flow.setStatus(flow.status() | Status.EXPECTED);
        flow.master().setIpv4(client(index - 1), SERVER);
        flow.master().setProtocol(IpProtocol.TCP);
        flow.master().setPorts(1023 + index, 443);
    }
}
