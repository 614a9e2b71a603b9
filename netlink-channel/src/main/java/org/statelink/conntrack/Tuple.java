/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/**
 * One direction of a flow: addresses, protocol and what that protocol tells flows apart by.
 *
 * <p>Addresses are two longs in network order, most significant first; an IPv4 address is the low 32 bits of the
 * low long. Ports, GRE keys and ICMP identifiers are unsigned 16-bit values in host order. Mutable and reused; not
 * thread safe. Source: {@code CTA_TUPLE_*} in {@code linux/netfilter/nfnetlink_conntrack.h}.
 */
public final class Tuple {
    /** Layer-3 family of a tuple that was not set. */
    public static final int UNSPECIFIED = 0;
    /** {@code AF_INET}. */
    public static final int IPV4 = 2;
    /** {@code AF_INET6}. */
    public static final int IPV6 = 10;

    private int family;
    private int protocol;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int sourcePort;
    private int destinationPort;
    private int icmpId;
    private int icmpType;
    private int icmpCode;
    private int zone;

    /** Forgets everything; the tuple is then of no family. */
    public void clear() {
        family = UNSPECIFIED;
        protocol = 0;
        sourceHigh = 0;
        sourceLow = 0;
        destinationHigh = 0;
        destinationLow = 0;
        clearPorts();
        zone = 0;
    }

    private void clearPorts() {
        sourcePort = 0;
        destinationPort = 0;
        icmpId = 0;
        icmpType = 0;
        icmpCode = 0;
    }

    /** Takes every field of another tuple. */
    public void set(Tuple other) {
        family = other.family;
        protocol = other.protocol;
        sourceHigh = other.sourceHigh;
        sourceLow = other.sourceLow;
        destinationHigh = other.destinationHigh;
        destinationLow = other.destinationLow;
        sourcePort = other.sourcePort;
        destinationPort = other.destinationPort;
        icmpId = other.icmpId;
        icmpType = other.icmpType;
        icmpCode = other.icmpCode;
        zone = other.zone;
    }

    /**
     * Becomes the direction back: addresses and ports swapped, the ICMP type mapped to that of its answer. The
     * direction-specific zone is not carried over.
     */
    public void setInverse(Tuple other) {
        family = other.family;
        protocol = other.protocol;
        sourceHigh = other.destinationHigh;
        sourceLow = other.destinationLow;
        destinationHigh = other.sourceHigh;
        destinationLow = other.sourceLow;
        sourcePort = other.destinationPort;
        destinationPort = other.sourcePort;
        icmpId = other.icmpId;
        icmpType = IcmpType.answerTo(other.protocol, other.icmpType);
        icmpCode = other.icmpCode;
        zone = 0;
    }

    /** Sets both addresses of an IPv4 tuple, each as a 32-bit value whose top byte is the first on the wire. */
    public void setIpv4(int source, int destination) {
        family = IPV4;
        sourceHigh = 0;
        sourceLow = source & 0xffffffffL;
        destinationHigh = 0;
        destinationLow = destination & 0xffffffffL;
    }

    /** Makes this an IPv6 tuple and sets its source. */
    public void setIpv6Source(long high, long low) {
        family = IPV6;
        sourceHigh = high;
        sourceLow = low;
    }

    /** Makes this an IPv6 tuple and sets its destination. */
    public void setIpv6Destination(long high, long low) {
        family = IPV6;
        destinationHigh = high;
        destinationLow = low;
    }

    /** Makes this an IPv4 tuple and sets its source. */
    public void setIpv4Source(int source) {
        family = IPV4;
        sourceHigh = 0;
        sourceLow = source & 0xffffffffL;
    }

    /** Makes this an IPv4 tuple and sets its destination. */
    public void setIpv4Destination(int destination) {
        family = IPV4;
        destinationHigh = 0;
        destinationLow = destination & 0xffffffffL;
    }

    /** Sets both ports (or GRE keys), unsigned 16 bits in host order. */
    public void setPorts(int source, int destination) {
        sourcePort = source;
        destinationPort = destination;
    }

    /** Sets the ICMP fields: identifier (unsigned 16 bits, host order), type and code (unsigned 8 bits). */
    public void setIcmp(int id, int type, int code) {
        icmpId = id;
        icmpType = type;
        icmpCode = code;
    }

    /** Sets the IP protocol number. */
    public void setProtocol(int protocol) {
        this.protocol = protocol;
    }

    /** Sets the direction-specific zone; 0 is none. */
    public void setZone(int zone) {
        this.zone = zone;
    }

    /** {@link #IPV4}, {@link #IPV6} or {@link #UNSPECIFIED}. */
    public int family() {
        return family;
    }

    /** Whether addresses were set. */
    public boolean isSet() {
        return family != UNSPECIFIED;
    }

    /** IP protocol number; see {@link IpProtocol}. */
    public int protocol() {
        return protocol;
    }

    /** High half of the source address; 0 for IPv4. */
    public long sourceHigh() {
        return sourceHigh;
    }

    /** Low half of the source address; for IPv4 the address. */
    public long sourceLow() {
        return sourceLow;
    }

    /** High half of the destination address; 0 for IPv4. */
    public long destinationHigh() {
        return destinationHigh;
    }

    /** Low half of the destination address; for IPv4 the address. */
    public long destinationLow() {
        return destinationLow;
    }

    /** Source port, or GRE key. */
    public int sourcePort() {
        return sourcePort;
    }

    /** Destination port, or GRE key. */
    public int destinationPort() {
        return destinationPort;
    }

    /** ICMP identifier. */
    public int icmpId() {
        return icmpId;
    }

    /** ICMP type. */
    public int icmpType() {
        return icmpType;
    }

    /** ICMP code. */
    public int icmpCode() {
        return icmpCode;
    }

    /** Direction-specific zone; 0 is none. */
    public int zone() {
        return zone;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tuple that && family == that.family && protocol == that.protocol
            && sourceHigh == that.sourceHigh && sourceLow == that.sourceLow
            && destinationHigh == that.destinationHigh && destinationLow == that.destinationLow
            && sourcePort == that.sourcePort && destinationPort == that.destinationPort
            && icmpId == that.icmpId && icmpType == that.icmpType && icmpCode == that.icmpCode && zone == that.zone;
    }

    @Override
    public int hashCode() {
        long mixed = sourceHigh * 31 + sourceLow;
        mixed = mixed * 0x9E3779B97F4A7C15L + destinationHigh * 31 + destinationLow;
        mixed = mixed * 0x9E3779B97F4A7C15L + ((long) sourcePort << 16 | destinationPort);
        mixed = mixed * 0x9E3779B97F4A7C15L + ((long) icmpId << 16 | icmpType << 8 | icmpCode);
        mixed = mixed * 0x9E3779B97F4A7C15L + ((long) zone << 16 | family << 8 | protocol);
        return (int) (mixed ^ mixed >>> 32);
    }

    @Override
    public String toString() {
        return "Tuple(" + protocol + ' ' + Addresses.format(family, sourceHigh, sourceLow) + ':' + sourcePort + " > "
            + Addresses.format(family, destinationHigh, destinationLow) + ':' + destinationPort
            + " icmp " + icmpId + '/' + icmpType + '/' + icmpCode + " zone " + zone + ')';
    }
}
