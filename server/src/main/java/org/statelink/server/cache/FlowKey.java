/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;

/**
 * What makes a flow the one it is: family, protocol and addresses of its original tuple, ports, GRE keys or ICMP
 * fields where the protocol has them, the zone and the zone of the original direction. Reused; not thread safe.
 * Source: docs of conntrackd's modes, section 5.
 */
final class FlowKey implements EntryKey {
    // A canonical body begins with the attribute that holds both addresses, after its length and number.
    private static final int ADDRESSES = 4;
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG =
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private boolean ipv6;
    private int protocol;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int layer4;
    private int zone;
    private int zoneOriginal;

    /** Takes the identity of a flow. */
    void set(Conntrack flow) {
        Tuple tuple = flow.original();
        ipv6 = tuple.family() == Tuple.IPV6;
        protocol = tuple.protocol();
        sourceHigh = tuple.sourceHigh();
        sourceLow = tuple.sourceLow();
        destinationHigh = tuple.destinationHigh();
        destinationLow = tuple.destinationLow();
        layer4 = layer4(tuple);
        zone = flow.zone() & 0xffff;
        zoneOriginal = tuple.zone() & 0xffff;
    }

    private static int layer4(Tuple tuple) {
        int protocol = tuple.protocol();
        if (IpProtocol.hasPorts(protocol) || protocol == IpProtocol.GRE) {
            return tuple.sourcePort() << 16 | tuple.destinationPort() & 0xffff;
        }
        if (IpProtocol.isIcmp(protocol)) {
            return tuple.icmpId() << 16 | (tuple.icmpType() & 0xff) << 8 | tuple.icmpCode() & 0xff;
        }
        return 0;
    }

    @Override
    public long hash(SipHash sip) {
        sip.begin();
        sip.add((long) layer4 << 32 | (long) zone << 16 | zoneOriginal);
        if (ipv6) {
            sip.add(sourceHigh);
            sip.add(sourceLow);
            sip.add(destinationHigh);
            sip.add(destinationLow);
        } else {
            sip.add(sourceLow << 32 | destinationLow & 0xffffffffL);
        }
        // The lengths of the two families differ, so the family need not be taken.
        return sip.end(ipv6 ? 41 : 17, protocol & 0xff);
    }

    @Override
    public void writeTo(EntryHeaders headers, int ref) {
        headers.setByte(ref, EntryHeaders.PROTOCOL, protocol);
        headers.setByte(ref, EntryHeaders.FLAGS,
            headers.getByte(ref, EntryHeaders.FLAGS) | (ipv6 ? EntryFlags.IPV6 : 0));
        headers.setShort(ref, EntryHeaders.ZONE, zone);
        headers.setShort(ref, EntryHeaders.ZONE_ORIGINAL, zoneOriginal);
        headers.setInt(ref, EntryHeaders.LAYER4, layer4);
    }

    /** All but the addresses. */
    @Override
    public boolean matchesHeader(EntryHeaders headers, int ref) {
        return headers.getInt(ref, EntryHeaders.LAYER4) == layer4
            && headers.getByte(ref, EntryHeaders.PROTOCOL) == protocol
            && (headers.getByte(ref, EntryHeaders.FLAGS) & EntryFlags.IPV6) != 0 == ipv6
            && headers.getShort(ref, EntryHeaders.ZONE) == zone
            && headers.getShort(ref, EntryHeaders.ZONE_ORIGINAL) == zoneOriginal;
    }

    /** The addresses. */
    @Override
    public boolean matchesBody(MemorySegment memory, long body, int length) {
        long at = body + ADDRESSES;
        return ipv6
            ? memory.get(NETWORK_LONG, at) == sourceHigh && memory.get(NETWORK_LONG, at + 8) == sourceLow
                && memory.get(NETWORK_LONG, at + 16) == destinationHigh
                && memory.get(NETWORK_LONG, at + 24) == destinationLow
            : memory.get(NETWORK_INT, at) == (int) sourceLow && memory.get(NETWORK_INT, at + 4) == (int) destinationLow;
    }
}
