/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One comparable line for a connection, from the kernel's bytes or from the text that a daemon answers. Equal lines
 * mean equal connections; what differs by nature (timeouts, counters, identifiers) is left out.
 */
final class FlowText {
    private static final int SOURCE_NAT = 0x10;
    private static final int DESTINATION_NAT = 0x20;
    private static final Map<Integer, String> PROTOCOLS = Map.of(Flow.ICMP, "icmp", Flow.TCP, "tcp", Flow.UDP, "udp",
        Flow.GRE, "gre", Flow.SCTP, "sctp", Flow.UDPLITE, "udplite", Flow.ICMPV6, "icmpv6", Flow.DCCP, "dccp",
        Flow.UNKNOWN, "unknown");
    private static final List<String> SCTP_STATES = List.of("NONE", "CLOSED", "COOKIE_WAIT", "COOKIE_ECHOED",
        "ESTABLISHED", "SHUTDOWN_SENT", "SHUTDOWN_RECD", "SHUTDOWN_ACK_SENT", "HEARTBEAT_SENT", "HEARTBEAT_ACKED");

    private FlowText() {
    }

    /** All that has to survive a failover. */
    static String complete(ByteBuffer body) {
        Attributes flow = new Attributes(body);
        StringBuilder text = new StringBuilder(cached(flow));
        text.append(" reply").append(tuple(flow, 2));
        text.append(flow.has(0x0203) ? " zone-reply=" + flow.number(0x0203) : "");
        long status = flow.number(3);
        text.append((status & SOURCE_NAT) != 0 ? " snat" : "").append((status & DESTINATION_NAT) != 0 ? " dnat" : "");
        if (flow.has(0x040302)) {
            text.append(" vtags=").append(flow.number(0x040302)).append('/').append(flow.number(0x040303));
        }
        byte[] labels = flow.bytes(22);
        text.append(isZero(labels) ? "" : " labels=" + HexFormat.of().formatHex(labels));
        return text.toString();
    }

    /** What a daemon's cache shows of it. */
    static String cached(ByteBuffer body) {
        return cached(new Attributes(body));
    }

    private static String cached(Attributes flow) {
        int protocol = (int) flow.number(0x010201);
        String state = "";
        if (flow.has(0x040101)) {
            state = " " + Flow.TcpState.values()[(int) flow.number(0x040101)];
        } else if (flow.has(0x040301)) {
            state = " " + SCTP_STATES.get((int) flow.number(0x040301));
        }
        long status = flow.number(3);
        String helper = new String(flow.bytes(0x0501), StandardCharsets.US_ASCII).replace("\0", "");
        return line(PROTOCOLS.getOrDefault(protocol, "protocol " + protocol), state, tuple(flow, 1),
            (status & Flow.SEEN_REPLY) != 0, (status & Flow.ASSURED) != 0, flow.number(8),
            zones(flow.number(18), flow.number(0x0103)), helper);
    }

    private static String line(String protocol, String state, String tuple, boolean replied, boolean assured,
            long mark, String zones, String helper) {
        return protocol + state + tuple + (replied ? " replied" : "") + (assured ? " assured" : "")
            + (mark == 0 ? "" : " mark=" + mark) + zones + (helper.isEmpty() ? "" : " helper=" + helper);
    }

    private static String zones(long both, long original) {
        return (both == 0 ? "" : " zone=" + both) + (original == 0 ? "" : " zone-orig=" + original);
    }

    static String tuple(Attributes flow, int number) {
        int ip = number << 16 | 0x0100;
        int proto = number << 16 | 0x0200;
        boolean six = flow.has(ip | 3);
        String text = " " + address(flow.bytes(ip | (six ? 3 : 1))) + " > " + address(flow.bytes(ip | (six ? 4 : 2)));
        for (int echo : new int[] {4, 7}) {
            if (flow.has(proto | echo)) {
                return text + " type " + flow.number(proto | echo + 1) + " code " + flow.number(proto | echo + 2)
                    + " id " + flow.number(proto | echo);
            }
        }
        return text + " " + flow.number(proto | 2) + " > " + flow.number(proto | 3);
    }

    /** The address that a connection comes from. */
    static String source(Attributes flow) {
        return address(flow.bytes(flow.has(0x010103) ? 0x010103 : 0x010101));
    }

    private static String address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** The same line as {@link #cached} makes, from a line of a daemon's answer to -i or -e. */
    static String fromAnswer(String answer) {
        String[] tokens = answer.strip().split(" +");
        String state = "";
        Map<String, String> values = new TreeMap<>();
        for (int i = 2; i < tokens.length; i++) {
            int equals = tokens[i].indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(tokens[i].substring(0, equals), tokens[i].substring(equals + 1));
            } else if (i == 2 && Character.isUpperCase(tokens[i].charAt(0))) {
                state = " " + tokens[i];
            }
        }
        return line(tokens[0], state, tuple(values), !answer.contains("[UNREPLIED]"), answer.contains("[ASSURED]"),
            Long.decode(values.getOrDefault("mark", "0")), zones(number(values, "zone"), number(values, "zone-orig")),
            values.getOrDefault("helper", ""));
    }

    private static long number(Map<String, String> values, String name) {
        return Long.parseLong(values.getOrDefault(name, "0"));
    }

    private static String tuple(Map<String, String> values) {
        String text = " " + literal(values.get("src")) + " > " + literal(values.get("dst"));
        if (values.containsKey("type")) {
            return text + " type " + values.get("type") + " code " + values.get("code") + " id " + values.get("id");
        }
        String from = values.getOrDefault("sport", values.getOrDefault("srckey", "0"));
        String to = values.getOrDefault("dport", values.getOrDefault("dstkey", "0"));
        return text + " " + Long.decode(from) + " > " + Long.decode(to);
    }

    private static String literal(String address) {
        try {
            return InetAddress.getByName(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
