/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.util.List;
import java.util.stream.Stream;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Namespace;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.Switch;

/**
 * A client and a server in networks of their own, and the lab's nodes as the firewalls between them, which share an
 * address in either network:
 *
 * <pre>
 *   client 10.1.0.100 ─┬─ inside0 node1 outside0 ─┬─ 10.2.0.200 server
 *                      │        sync0             │
 *                      │        sync0             │
 *                      └─ inside0 node2 outside0 ─┘
 * </pre>
 *
 * <p>The firewalls let through what is established or expected, and what begins properly: TCP by a SYN from inside or
 * to the published service, UDP by a greeting. Without its state nothing passes in midstream, nor is it answered.
 * Control connections of FTP have the kernel's helper.
 */
public final class Site {
    /** What translates control connections, and with them their data connections. */
    public static final String SOURCE_NAT = "oifname \"outside0\" ip protocol tcp snat ip to 10.2.0.100";
    /** That; what goes by UDP gets another port, which no other firewall would choose. */
    public static final String SOURCE_NAT_AND_PORTS =
        SOURCE_NAT + "\noifname \"outside0\" ip protocol udp snat ip to 10.2.0.100:20000-29999";
    /** What translates nothing. */
    public static final String NO_NAT = "";

    static final String INSIDE = "inside0";
    static final String OUTSIDE = "outside0";
    static final String CLIENT = "10.1.0.100";
    static final String SERVER = "10.2.0.200";
    static final String INSIDE_SHARED = "10.1.0.254";
    static final String OUTSIDE_SHARED = "10.2.0.100";
    /** Of the service that the client offers under the address that the firewalls share outside. */
    static final int PUBLISHED_PORT = 8080;
    static final int UDP_PORT = 5000;
    /** How a datagram begins that may open a flow. */
    static final int GREETING = 0x68656c6f;

    /**
     * How client and server try again what got lost: every 120 ms, and not after ever longer pauses, which would hide
     * how soon the firewall lets things pass. The kernel does so for seven times of a stream of few packets, but not
     * with every congestion control. Nor do they wait for company before they acknowledge.
     */
    private static final String[] RETRANSMISSION = {"rto_min", "120ms", "quickack", "1"};
    private static final String LINEAR = "net.ipv4.tcp_thin_linear_timeouts=1";
    private static final String CONGESTION_CONTROL = "net.ipv4.tcp_congestion_control=reno";

    private final Lab lab;
    private final Namespace client;
    private final Namespace server;
    private final Switch inside;
    private final Switch outside;

    /** Builds the networks; what leaves for the server is translated as told. */
    public Site(Lab lab, String translation) {
        this.lab = lab;
        client = lab.addHost("client");
        server = lab.addHost("server");
        inside = lab.addSwitch("inside");
        outside = lab.addSwitch("outside");
        equip(client, inside, INSIDE, CLIENT, INSIDE_SHARED);
        equip(server, outside, OUTSIDE, SERVER, OUTSIDE_SHARED);
        protect(lab.node1(), translation);
        protect(lab.node2(), translation);
    }

    private static void equip(Namespace host, Switch network, String networkInterface, String address, String gateway) {
        network.plug(host, networkInterface, address + "/24");
        String own = address.replaceAll("\\d+$", "0/24");
        host.expect("sysctl", "-q", "-w", LINEAR, CONGESTION_CONTROL);
        host.expect(route(own, "dev", networkInterface, "src", address));
        host.expect(route("default", "via", gateway));
    }

    private static String[] route(String... words) {
        return Stream.of(List.of("ip", "route", "replace"), List.of(words), List.of(RETRANSMISSION))
            .flatMap(List::stream).toArray(String[]::new);
    }

    private void protect(Node node, String translation) {
        Namespace namespace = node.namespace();
        inside.plug(namespace, INSIDE, "10.1.0." + node.number() + "/24");
        outside.plug(namespace, OUTSIDE, "10.2.0." + node.number() + "/24");
        namespace.expect("sysctl", "-q", "-w", "net.ipv4.ip_forward=1", "net.netfilter.nf_conntrack_tcp_loose=0");
        namespace.nft("""
            flush ruleset
            table inet firewall {
                ct helper ftp { type "ftp" protocol tcp; }
                chain untracked_in {
                    type filter hook prerouting priority raw;
                    iifname "sync*" notrack
                    ip protocol { vrrp, igmp } notrack
                }
                chain untracked_out {
                    type filter hook output priority raw;
                    oifname "sync*" notrack
                    ip protocol { vrrp, igmp } notrack
                }
                chain helpers { type filter hook prerouting priority 0; tcp dport 21 ct helper set "ftp"; }
                chain own { type filter hook input priority 0; ct state new,invalid drop; }
                chain between {
                    type filter hook forward priority 0; policy drop;
                    ct state established,related accept
                    iifname "inside0" tcp flags & (fin | syn | rst | ack) == syn accept
                    iifname "inside0" udp dport %d @th,64,32 %d accept
                    ct status dnat tcp flags & (fin | syn | rst | ack) == syn accept
                }
                chain published {
                    type nat hook prerouting priority dstnat;
                    iifname "outside0" tcp dport %d dnat ip to %s
                }
                chain translated { type nat hook postrouting priority srcnat; %s
                }
            }
            """.formatted(UDP_PORT, GREETING, PUBLISHED_PORT, CLIENT, translation));
    }

    /** From now on everything goes through this node. */
    public void routeThrough(Node node) {
        node.namespace().expect("ip", "address", "add", INSIDE_SHARED + "/24", "dev", INSIDE);
        node.namespace().expect("ip", "address", "add", OUTSIDE_SHARED + "/24", "dev", OUTSIDE);
        client.expect("ip", "neigh", "flush", "dev", INSIDE);
        server.expect("ip", "neigh", "flush", "dev", OUTSIDE);
    }

    /** The node has no part in it any more. */
    public void withdraw(Node node) {
        inside.cut(node.namespace());
        outside.cut(node.namespace());
    }

    Lab lab() {
        return lab;
    }

    Namespace client() {
        return client;
    }

    Namespace server() {
        return server;
    }

    Switch inside() {
        return inside;
    }

    Switch outside() {
        return outside;
    }

    /** A session of the client with the server, connected. */
    public FtpSession ftp() {
        return new FtpSession(this, FtpSession.FILE);
    }

    /** Traffic of every kind, which goes on until the lab ends. */
    public Streams opensStreams() {
        return lab.add(Streams.ofEveryKind(this, "streams"));
    }

    /** New connections beside the streams. */
    public Streams opensMore() {
        return lab.add(Streams.ofTcp(this, "more"));
    }
}
