/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

/** Where a node is on the network of a dedicated link, and where its peer is. */
public record LinkAddresses(String networkInterface, String ipv4, String ipv6, String peerIpv4, String peerIpv6) {
    private static final String IPV4 = "192.168.";
    private static final int FIRST_IPV4 = 77;
    private static final String IPV6 = "fd77:";

    /** Those of node 1 or 2 on a network of this number. */
    public static LinkAddresses of(int network, int node) {
        int peer = 3 - node;
        String ipv4 = IPV4 + (FIRST_IPV4 + network) + '.';
        String ipv6 = IPV6 + network + "::";
        return new LinkAddresses(SyncNetwork.interfaceName(network),
            ipv4 + node, ipv6 + node, ipv4 + peer, ipv6 + peer);
    }

    /** The same at an interface of another name. */
    public LinkAddresses at(String otherInterface) {
        return new LinkAddresses(otherInterface, ipv4, ipv6, peerIpv4, peerIpv6);
    }
}
