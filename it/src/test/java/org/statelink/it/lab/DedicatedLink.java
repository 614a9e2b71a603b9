/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

/** What carries the dedicated link of two nodes. */
public enum DedicatedLink {
    MULTICAST_IPV4, MULTICAST_IPV6, UDP_IPV4, UDP_IPV6, TCP_IPV4, TCP_IPV6;

    /** The group of multicast over IPv4, and the port of them all. */
    static final String GROUP = "225.0.0.50";
    static final int PORT = 3780;

    private static final String GROUP_IPV6 = "ff02::3780";

    /** The block of a configuration file. */
    String block(LinkAddresses node, String networkInterface) {
        return switch (this) {
            case MULTICAST_IPV4 -> block("Multicast", "IPv4_address " + GROUP, "IPv4_interface " + node.ipv4(), "Group",
                networkInterface);
            case MULTICAST_IPV6 -> block("Multicast", "IPv6_address " + GROUP_IPV6, "", "Group", networkInterface);
            case UDP_IPV4 -> unicast("UDP", "IPv4", node.ipv4(), node.peerIpv4(), networkInterface);
            case UDP_IPV6 -> unicast("UDP", "IPv6", node.ipv6(), node.peerIpv6(), networkInterface);
            case TCP_IPV4 -> unicast("TCP", "IPv4", node.ipv4(), node.peerIpv4(), networkInterface);
            case TCP_IPV6 -> unicast("TCP", "IPv6", node.ipv6(), node.peerIpv6(), networkInterface);
        };
    }

    private static String unicast(String kind, String family, String own, String peer, String networkInterface) {
        return block(kind, family + "_address " + own, family + "_Destination_Address " + peer, "Port",
            networkInterface);
    }

    private static String block(String kind, String address, String other, String port, String networkInterface) {
        return """
            %s {
                %s
                %s
                %s %d
                Interface %s
                SndSocketBuffer 4194304
                RcvSocketBuffer 4194304
                Checksum on
            }
            """.formatted(kind, address, other, port, PORT, networkInterface);
    }
}
