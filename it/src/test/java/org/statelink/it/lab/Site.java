/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

/**
 * A client and a server in networks of their own, and the lab's nodes as the firewalls between them: they let through
 * what is established or expected, and control connections of FTP, to which they attach the kernel's helper.
 */
public final class Site implements AutoCloseable {
    /** What translates control connections, and with them their data connections. */
    public static final String SOURCE_NAT = "oifname \"outside0\" ip protocol tcp snat ip to 10.2.0.100";
    /** What translates nothing. */
    public static final String NO_NAT = "";
    private static final String SHARED = "10.2.0.100/24";
    private static final String SERVER = "10.2.0.200";

    private final Namespace client;
    private final Namespace server;

    /** Builds the networks; what leaves for the server is translated as told. */
    public Site(Lab lab, String translation) {
        client = Namespace.create(Machine.namespaceName("client"));
        server = Namespace.create(Machine.namespaceName("server"));
        lab.addSwitch("inside");
        lab.addSwitch("outside");
        lab.attach(client, "inside0", "inside", "10.1.0.100");
        lab.attach(server, "outside0", "outside", SERVER);
        attach(lab, lab.node1(), 1, translation);
        attach(lab, lab.node2(), 2, translation);
    }

    private static void attach(Lab lab, Node node, int number, String translation) {
        Namespace namespace = node.namespace();
        lab.attach(namespace, "inside0", "inside", "10.1.0." + number);
        lab.attach(namespace, "outside0", "outside", "10.2.0." + number);
        namespace.expect("sysctl", "-q", "-w", "net.ipv4.ip_forward=1", "net.netfilter.nf_conntrack_tcp_loose=0");
        namespace.nft("""
            flush ruleset
            table inet firewall {
                ct helper ftp { type "ftp" protocol tcp; }
                chain helpers { type filter hook prerouting priority 0; tcp dport 21 ct helper set "ftp"; }
                chain between {
                    type filter hook forward priority 0; policy drop;
                    ct state established,related accept
                    iifname "inside0" tcp dport 21 accept
                }
                chain translated { type nat hook postrouting priority srcnat; %s
                }
            }
            """.formatted(translation));
    }

    /** From now on everything goes through this node. */
    public void routeThrough(Node node) {
        String number = node.address().substring(node.address().lastIndexOf('.') + 1);
        client.expect("ip", "route", "replace", "default", "via", "10.1.0." + number);
        server.expect("ip", "route", "replace", "default", "via", "10.2.0." + number);
        server.expect("ip", "neigh", "flush", "dev", "outside0");
        node.namespace().expect("ip", "address", "add", SHARED, "dev", "outside0");
    }

    /** The node has no part in it any more. */
    public void withdraw(Node node) {
        node.namespace().expect("ip", "link", "set", "outside0", "down");
        node.namespace().expect("ip", "link", "set", "inside0", "down");
    }

    /** A session of the client with the server, connected. */
    public FtpSession ftp() {
        return new FtpSession(client, server, SERVER);
    }

    @Override
    public void close() {
        client.delete();
        server.delete();
    }
}
