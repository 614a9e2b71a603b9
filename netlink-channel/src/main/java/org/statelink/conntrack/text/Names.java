/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;

/** Names of protocols and of their states. */
public final class Names {
    private static final String UNKNOWN = "unknown";
    private static final String[] TCP = {"NONE", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT", "CLOSE_WAIT",
        "LAST_ACK", "TIME_WAIT", "CLOSE", "SYN_SENT2"};
    private static final String[] SCTP = {"NONE", "CLOSED", "COOKIE_WAIT", "COOKIE_ECHOED", "ESTABLISHED",
        "SHUTDOWN_SENT", "SHUTDOWN_RECD", "SHUTDOWN_ACK_SENT", "HEARTBEAT_SENT", "HEARTBEAT_ACKED"};
    private static final String[] DCCP = {"NONE", "REQUEST", "RESPOND", "PARTOPEN", "OPEN", "CLOSEREQ", "CLOSING",
        "TIMEWAIT", "IGNORE", "INVALID"};

    private Names() {
    }

    /** Name of a layer-3 family. */
    public static String family(int family) {
        return family == Tuple.IPV4 ? "ipv4" : family == Tuple.IPV6 ? "ipv6" : UNKNOWN;
    }

    /** Name of an IP protocol; only those that are tracked by more than addresses have one. */
    public static String protocol(int protocol) {
        return switch (protocol) {
            case IpProtocol.ICMP -> "icmp";
            case IpProtocol.TCP -> "tcp";
            case IpProtocol.UDP -> "udp";
            case IpProtocol.DCCP -> "dccp";
            case IpProtocol.GRE -> "gre";
            case IpProtocol.ICMPV6 -> "icmpv6";
            case IpProtocol.SCTP -> "sctp";
            case IpProtocol.UDPLITE -> "udplite";
            default -> UNKNOWN;
        };
    }

    /** Name of a state of TCP, SCTP or DCCP; {@code NONE} for numbers that have none. */
    public static String state(int protocol, int state) {
        return switch (protocol) {
            case IpProtocol.SCTP -> at(SCTP, state);
            case IpProtocol.DCCP -> at(DCCP, state);
            default -> tcpState(state);
        };
    }

    /** Name of a TCP state; {@code NONE} for numbers that have none. */
    public static String tcpState(int state) {
        return at(TCP, state);
    }

    private static String at(String[] names, int index) {
        return index < 0 || index >= names.length ? names[0] : names[index];
    }
}
