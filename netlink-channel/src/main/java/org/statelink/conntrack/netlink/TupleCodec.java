/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;
import org.statelink.netlink.codec.AttributeReader;
import org.statelink.netlink.codec.AttributeWriter;

/** Reads and writes {@code CTA_TUPLE_*}. A tuple is told apart by what its protocol knows: ports, ICMP or nothing. */
public final class TupleCodec {
    private TupleCodec() {
    }

    /** Reads the nest that the cursor stands on over what the tuple holds; faults stick to the cursor. */
    public static void read(AttributeReader in, Tuple into) {
        int outer = in.enter();
        while (in.next()) {
            switch (in.type()) {
                case FlowAttribute.TUPLE_IP -> readAddresses(in, into);
                case FlowAttribute.TUPLE_PROTO -> readProtocol(in, into);
                case FlowAttribute.TUPLE_ZONE -> into.setZone(in.readUnsignedShort());
                default -> {
                }
            }
        }
        in.leave(outer);
    }

    private static void readAddresses(AttributeReader in, Tuple into) {
        int outer = in.enter();
        while (in.next()) {
            switch (in.type()) {
                case FlowAttribute.IP_V4_SOURCE -> into.setIpv4Source(in.readInt());
                case FlowAttribute.IP_V4_DESTINATION -> into.setIpv4Destination(in.readInt());
                case FlowAttribute.IP_V6_SOURCE -> into.setIpv6Source(in.readLong(0, 16), in.readLong(8, 16));
                case FlowAttribute.IP_V6_DESTINATION ->
                    into.setIpv6Destination(in.readLong(0, 16), in.readLong(8, 16));
                default -> {
                }
            }
        }
        in.leave(outer);
    }

    private static void readProtocol(AttributeReader in, Tuple into) {
        int outer = in.enter();
        while (in.next()) {
            switch (in.type()) {
                case FlowAttribute.PROTO_NUMBER -> into.setProtocol(in.readUnsignedByte());
                case FlowAttribute.PROTO_SOURCE_PORT ->
                    into.setPorts(in.readUnsignedShort(), into.destinationPort());
                case FlowAttribute.PROTO_DESTINATION_PORT -> into.setPorts(into.sourcePort(), in.readUnsignedShort());
                case FlowAttribute.PROTO_ICMP_ID, FlowAttribute.PROTO_ICMPV6_ID ->
                    into.setIcmp(in.readUnsignedShort(), into.icmpType(), into.icmpCode());
                case FlowAttribute.PROTO_ICMP_TYPE, FlowAttribute.PROTO_ICMPV6_TYPE ->
                    into.setIcmp(into.icmpId(), in.readUnsignedByte(), into.icmpCode());
                case FlowAttribute.PROTO_ICMP_CODE, FlowAttribute.PROTO_ICMPV6_CODE ->
                    into.setIcmp(into.icmpId(), into.icmpType(), in.readUnsignedByte());
                default -> {
                }
            }
        }
        in.leave(outer);
    }

    /** Appends a tuple as the attribute of the given number. */
    public static void write(ByteBuf out, int type, Tuple tuple) {
        int nest = AttributeWriter.begin(out, type);
        writeAddresses(out, tuple);
        writeProtocol(out, tuple);
        if (tuple.zone() != 0) {
            AttributeWriter.putShort(out, FlowAttribute.TUPLE_ZONE, tuple.zone());
        }
        AttributeWriter.end(out, nest);
    }

    private static void writeAddresses(ByteBuf out, Tuple tuple) {
        int nest = AttributeWriter.begin(out, FlowAttribute.TUPLE_IP);
        if (tuple.family() == Tuple.IPV4) {
            AttributeWriter.putInt(out, FlowAttribute.IP_V4_SOURCE, (int) tuple.sourceLow());
            AttributeWriter.putInt(out, FlowAttribute.IP_V4_DESTINATION, (int) tuple.destinationLow());
        } else {
            putIpv6(out, FlowAttribute.IP_V6_SOURCE, tuple.sourceHigh(), tuple.sourceLow());
            putIpv6(out, FlowAttribute.IP_V6_DESTINATION, tuple.destinationHigh(), tuple.destinationLow());
        }
        AttributeWriter.end(out, nest);
    }

    static void putIpv6(ByteBuf out, int type, long high, long low) {
        AttributeWriter.header(out, type, 16);
        out.writeLong(high).writeLong(low);
    }

    private static void writeProtocol(ByteBuf out, Tuple tuple) {
        int protocol = tuple.protocol();
        int nest = AttributeWriter.begin(out, FlowAttribute.TUPLE_PROTO);
        AttributeWriter.putByte(out, FlowAttribute.PROTO_NUMBER, protocol);
        if (IpProtocol.hasPorts(protocol) || protocol == IpProtocol.GRE) {
            AttributeWriter.putShort(out, FlowAttribute.PROTO_SOURCE_PORT, tuple.sourcePort());
            AttributeWriter.putShort(out, FlowAttribute.PROTO_DESTINATION_PORT, tuple.destinationPort());
        } else if (protocol == IpProtocol.ICMP) {
            AttributeWriter.putShort(out, FlowAttribute.PROTO_ICMP_ID, tuple.icmpId());
            AttributeWriter.putByte(out, FlowAttribute.PROTO_ICMP_TYPE, tuple.icmpType());
            AttributeWriter.putByte(out, FlowAttribute.PROTO_ICMP_CODE, tuple.icmpCode());
        } else if (protocol == IpProtocol.ICMPV6) {
            AttributeWriter.putShort(out, FlowAttribute.PROTO_ICMPV6_ID, tuple.icmpId());
            AttributeWriter.putByte(out, FlowAttribute.PROTO_ICMPV6_TYPE, tuple.icmpType());
            AttributeWriter.putByte(out, FlowAttribute.PROTO_ICMPV6_CODE, tuple.icmpCode());
        }
        AttributeWriter.end(out, nest);
    }
}
