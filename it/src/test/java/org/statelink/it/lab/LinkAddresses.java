/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

/** Where a node is on the dedicated link, and where its peer is. */
record LinkAddresses(String ipv4, String ipv6, String peerIpv4, String peerIpv6) {
    private static final String IPV4 = "192.168.77.";
    private static final String IPV6 = "fd77::";

    /** Those of node 1 or 2. */
    static LinkAddresses ofNode(int node) {
        int peer = 3 - node;
        return new LinkAddresses(IPV4 + node, IPV6 + node, IPV4 + peer, IPV6 + peer);
    }
}
