/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/** Maps the type of an ICMP request to that of its answer. Source: RFC 792, RFC 950, RFC 4443, RFC 4620. */
public final class IcmpType {
    private IcmpType() {
    }

    /** The type that answers the given one; a type without an answer is returned as it is. */
    public static int answerTo(int protocol, int type) {
        return protocol == IpProtocol.ICMPV6 ? answerToV6(type) : protocol == IpProtocol.ICMP ? answerToV4(type) : type;
    }

    private static int answerToV4(int type) {
        return switch (type) {
            case 0 -> 8;
            case 8 -> 0;
            case 13 -> 14;
            case 14 -> 13;
            case 15 -> 16;
            case 16 -> 15;
            case 17 -> 18;
            case 18 -> 17;
            default -> type;
        };
    }

    private static int answerToV6(int type) {
        return switch (type) {
            case 128 -> 129;
            case 129 -> 128;
            case 139 -> 140;
            case 140 -> 139;
            default -> type;
        };
    }
}
