/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

/** What carries a dedicated link of two nodes. */
public enum DedicatedLink {
    MULTICAST_IPV4, MULTICAST_IPV6, UDP_IPV4, UDP_IPV6, TCP_IPV4, TCP_IPV6;

    /** The group of multicast over IPv4, and the port of the first link. */
    static final String GROUP = "225.0.0.50";
    static final int PORT = 3780;

    private static final String GROUP_IPV6 = "ff02::3780";

    /** A node's configuration of its link number so many; the first one is preferred. */
    String block(int number, LinkAddresses own) {
        return switch (this) {
            case MULTICAST_IPV4 ->
                block("Multicast", number, own, "IPv4_address " + GROUP, "IPv4_interface " + own.ipv4());
            case MULTICAST_IPV6 -> block("Multicast", number, own, "IPv6_address " + GROUP_IPV6, "");
            case UDP_IPV4 -> unicast("UDP", number, own, "IPv4", own.ipv4(), own.peerIpv4());
            case UDP_IPV6 -> unicast("UDP", number, own, "IPv6", own.ipv6(), own.peerIpv6());
            case TCP_IPV4 -> unicast("TCP", number, own, "IPv4", own.ipv4(), own.peerIpv4());
            case TCP_IPV6 -> unicast("TCP", number, own, "IPv6", own.ipv6(), own.peerIpv6());
        };
    }

    private static String unicast(String kind, int number, LinkAddresses at, String family, String own, String peer) {
        return block(kind, number, at, family + "_address " + own, family + "_Destination_Address " + peer);
    }

    private static String block(String kind, int number, LinkAddresses own, String address, String other) {
        return """
            %s %s {
                %s
                %s
                %s %d
                Interface %s
                SndSocketBuffer 4194304
                RcvSocketBuffer 4194304
                Checksum on
            }
            """.formatted(kind, number == 0 ? "Default" : "", address, other,
            kind.equals("Multicast") ? "Group" : "Port", PORT + number, own.networkInterface());
    }
}
