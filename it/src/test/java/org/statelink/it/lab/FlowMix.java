/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Connections of every kind, all different. The kinds take turns, so any stretch of the list is mixed. */
public final class FlowMix {
    private static final int SEEN_BY_ALL = 0x7fff;

    private final List<IntFunction<Flow>> kinds = new ArrayList<>(List.of(
        i -> Flow.tcp(client(i), port(i), server(i), 443, Flow.TcpState.ESTABLISHED).assured(),
        i -> Flow.tcp(client(i), port(i), server(i), 80, Flow.TcpState.SYN_SENT),
        i -> Flow.tcp(client(i), port(i), server(i), 80, Flow.TcpState.TIME_WAIT).assured(),
        i -> Flow.tcp(client(i), port(i), server(i), 22, Flow.TcpState.FIN_WAIT).assured().mark(i | 1),
        i -> Flow.tcp(client(i), port(i), server(i), 443, Flow.TcpState.ESTABLISHED).assured()
            .sourceNat(outside(i), 1024 + i % 60_000),
        i -> Flow.tcp(client(i), port(i), server(i), 8080, Flow.TcpState.ESTABLISHED).assured()
            .destinationNat(inside(i), 80),
        i -> Flow.udp(client(i), port(i), server(i), 53),
        i -> Flow.udp(client(i), port(i), server(i), 53).replied(),
        i -> Flow.udp(client(i), port(i), server(i), 123).assured().mark(i & SEEN_BY_ALL | 1)
            .sourceNat(outside(i), 1024 + i % 60_000),
        i -> Flow.echo(client(i), server(i), i & 0xffff).replied(),
        // conntrackd 1.4.7 overwrites the last byte of the original tag by 8 when it commits
        i -> Flow.sctp(client(i), port(i), server(i), 2905, i << 8 | 8).assured(),
        i -> Flow.udp(client6(i), port(i), server6(i), 53).replied(),
        i -> Flow.tcp(client6(i), port(i), server6(i), 443, Flow.TcpState.ESTABLISHED).assured().mark(i | 1),
        i -> Flow.tcp(client(i), port(i), server(i), 443, Flow.TcpState.ESTABLISHED).assured().zone(1 + i % 9),
        i -> Flow.tcp(client(i), port(i), server(i), 21, Flow.TcpState.ESTABLISHED).assured().helper("ftp"),
        i -> Flow.udp(client(i), port(i), server(i), 4500).replied().labels(1 << i % 31, 0, i | 1, 0)));

    private FlowMix() {
    }

    /** What conntrackd 1.4.7 can carry. */
    public static FlowMix knownToReference() {
        return new FlowMix();
    }

    /** Every protocol, TCP state and kind of translation, over both families, whoever can carry it. */
    public static FlowMix everything() {
        FlowMix mix = complete();
        for (Flow.TcpState state : Flow.TcpState.values()) {
            mix.kinds.add(i -> Flow.tcp(client(i), port(i), server(i), 443, state).replied());
        }
        mix.kinds.addAll(List.of(
            i -> Flow.tcp(client(i), port(i), server(i), 443, Flow.TcpState.ESTABLISHED).assured()
                .sourceNat(client(i), 60_000 - i % 50_000),
            i -> Flow.tcp(client(i), port(i), server(i), 8080, Flow.TcpState.ESTABLISHED).assured()
                .sourceNat(outside(i), 1024 + i % 60_000).destinationNat(inside(i), 80),
            i -> Flow.tcp(client(i), port(i), server(i), 443, Flow.TcpState.ESTABLISHED).assured()
                .windowScales(i % 14, 7),
            i -> Flow.udp(client(i), port(i), server(i), 5060).assured().destinationNat(inside(i), 5061),
            i -> Flow.sctp(client(i), port(i), server(i), 2905, i << 8 | 8).assured()
                .sourceNat(outside(i), 1024 + i % 60_000),
            i -> Flow.tcp(client6(i), port(i), server6(i), 443, Flow.TcpState.ESTABLISHED).assured()
                .sourceNat(outside6(i), 1024 + i % 60_000),
            i -> Flow.tcp(client6(i), port(i), server6(i), 8080, Flow.TcpState.ESTABLISHED).assured()
                .sourceNat(outside6(i), 1024 + i % 60_000).destinationNat(inside6(i), 80).mark(i | 1),
            i -> Flow.udp(client6(i), port(i), server6(i), 53).assured().destinationNat(inside6(i), 5353),
            i -> Flow.udp(client6(i), port(i), server6(i), 4500).replied().labels(0, 1 << i % 31, 0, i | 1).zone(7),
            i -> Flow.tcp(client6(i), port(i), server6(i), 21, Flow.TcpState.ESTABLISHED).assured().helper("ftp"),
            i -> Flow.echo(client6(i), server6(i), i & 0xffff).replied(),
            i -> Flow.sctp(client6(i), port(i), server6(i), 2905, i << 8 | 8).assured(),
            i -> Flow.bare(Flow.DCCP, client(i), server(i)).replied(),
            i -> Flow.bare(Flow.UNKNOWN, client(i), server(i)),
            i -> Flow.bare(Flow.UNKNOWN, client6(i), server6(i)).mark(i | 1).replied(),
            i -> Flow.gre(client6(i), i & 0xffff, server6(i), ~i & 0xffff).replied(),
            i -> Flow.udpLite(client6(i), port(i), server6(i), 5004).replied()));
        return mix;
    }

    /** That, and what gets lost in conntrackd 1.4.7: the keys of GRE, ports of UDP-Lite, tags of SCTP. */
    public static FlowMix complete() {
        FlowMix mix = new FlowMix();
        mix.kinds.add(i -> Flow.gre(client(i), i & 0xffff, server(i), ~i & 0xffff).replied());
        mix.kinds.add(i -> Flow.udpLite(client(i), port(i), server(i), 5004).replied());
        mix.kinds.add(i -> Flow.sctp(client(i), port(i), server(i), 36412, ~i).assured());
        return mix;
    }

    /** The first so many connections. */
    public List<Flow> take(int count) {
        return IntStream.range(0, count)
            .mapToObj(i -> kinds.get(i % kinds.size()).apply(i).timeout(1000 + 7 * i % 5000))
            .toList();
    }

    private static String client(int i) {
        return "10." + (i >> 16 & 0x7f) + "." + (i >> 8 & 0xff) + "." + (i & 0xff);
    }

    private static String server(int i) {
        return "203.0.113." + (1 + i % 250);
    }

    private static String outside(int i) {
        return "100.64." + (i >> 8 & 0xff) + "." + (i & 0xff);
    }

    private static String inside(int i) {
        return "172.20." + (i >> 8 & 0xff) + "." + (i & 0xff);
    }

    private static String outside6(int i) {
        return "fd00::3:" + Integer.toHexString(i >> 16) + ":" + Integer.toHexString(i & 0xffff);
    }

    private static String inside6(int i) {
        return "fd00::4:" + Integer.toHexString(i >> 16) + ":" + Integer.toHexString(i & 0xffff);
    }

    private static String client6(int i) {
        return "fd00::1:" + Integer.toHexString(i >> 16) + ":" + Integer.toHexString(i & 0xffff);
    }

    private static String server6(int i) {
        return "fd00::2:" + Integer.toHexString(1 + i % 250);
    }

    private static int port(int i) {
        return 1024 + i % 60_000;
    }
}
