/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/** The IP protocols that the kernel tracks by more than their addresses, by number. Unknown numbers are kept. */
public final class IpProtocol {
    /** ICMP. */
    public static final int ICMP = 1;
    /** TCP. */
    public static final int TCP = 6;
    /** UDP. */
    public static final int UDP = 17;
    /** DCCP. */
    public static final int DCCP = 33;
    /** GRE; its keys stand where others have ports. */
    public static final int GRE = 47;
    /** ICMP for IPv6. */
    public static final int ICMPV6 = 58;
    /** SCTP. */
    public static final int SCTP = 132;
    /** UDP-Lite. */
    public static final int UDPLITE = 136;

    private IpProtocol() {
    }

    /** Whether flows of this protocol are told apart by ports. */
    public static boolean hasPorts(int protocol) {
        return protocol == TCP || protocol == UDP || protocol == SCTP || protocol == DCCP || protocol == UDPLITE;
    }

    /** Whether flows of this protocol are told apart by ICMP identifier, type and code. */
    public static boolean isIcmp(int protocol) {
        return protocol == ICMP || protocol == ICMPV6;
    }
}
