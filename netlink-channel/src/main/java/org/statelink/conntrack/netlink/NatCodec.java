/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.Nat;
import org.statelink.conntrack.Tuple;
import org.statelink.netlink.codec.AttributeReader;
import org.statelink.netlink.codec.AttributeWriter;

/**
 * Reads and writes {@code CTA_NAT_SRC} and {@code CTA_NAT_DST}, which occur in create requests only: one address, and
 * one port as both ends of the range.
 */
final class NatCodec {
    private NatCodec() {
    }

    static void readSource(AttributeReader in, Conntrack into) {
        read(in, into, true);
    }

    static void readDestination(AttributeReader in, Conntrack into) {
        read(in, into, false);
    }

    private static void read(AttributeReader in, Conntrack into, boolean source) {
        int outer = in.enter();
        while (in.next()) {
            switch (in.type()) {
                case FlowAttribute.NAT_V4_MIN -> setAddress(into, source, 0, in.readInt() & 0xffffffffL);
                case FlowAttribute.NAT_V6_MIN -> setAddress(into, source, in.readLong(0, 16), in.readLong(8, 16));
                case FlowAttribute.NAT_PROTO -> readPorts(in, into, source);
                default -> {
                }
            }
        }
        in.leave(outer);
    }

    private static void setAddress(Conntrack into, boolean source, long high, long low) {
        if (source) {
            into.nat().setSource(high, low);
        } else {
            into.nat().setDestination(high, low);
        }
        into.mark(source ? Field.SNAT_ADDRESS : Field.DNAT_ADDRESS);
    }

    private static void readPorts(AttributeReader in, Conntrack into, boolean source) {
        int outer = in.enter();
        while (in.next()) {
            if (in.type() == FlowAttribute.NAT_PORT_MIN) {
                setPort(into, source, in.readUnsignedShort());
            }
        }
        in.leave(outer);
    }

    private static void setPort(Conntrack into, boolean source, int port) {
        if (source) {
            into.nat().setSourcePort(port);
        } else {
            into.nat().setDestinationPort(port);
        }
        into.mark(source ? Field.SNAT_PORT : Field.DNAT_PORT);
    }

    static void write(ByteBuf out, Conntrack flow) {
        boolean ipv4 = flow.original().family() == Tuple.IPV4;
        Nat nat = flow.nat();
        if (flow.has(Field.SNAT_ADDRESS) || flow.has(Field.SNAT_PORT)) {
            int nest = AttributeWriter.begin(out, FlowAttribute.NAT_SOURCE);
            if (flow.has(Field.SNAT_ADDRESS)) {
                writeAddress(out, ipv4, nat.sourceHigh(), nat.sourceLow());
            }
            if (flow.has(Field.SNAT_PORT)) {
                writePort(out, nat.sourcePort());
            }
            AttributeWriter.end(out, nest);
        }
        if (flow.has(Field.DNAT_ADDRESS) || flow.has(Field.DNAT_PORT)) {
            int nest = AttributeWriter.begin(out, FlowAttribute.NAT_DESTINATION);
            if (flow.has(Field.DNAT_ADDRESS)) {
                writeAddress(out, ipv4, nat.destinationHigh(), nat.destinationLow());
            }
            if (flow.has(Field.DNAT_PORT)) {
                writePort(out, nat.destinationPort());
            }
            AttributeWriter.end(out, nest);
        }
    }

    private static void writeAddress(ByteBuf out, boolean ipv4, long high, long low) {
        if (ipv4) {
            AttributeWriter.putInt(out, FlowAttribute.NAT_V4_MIN, (int) low);
        } else {
            TupleCodec.putIpv6(out, FlowAttribute.NAT_V6_MIN, high, low);
        }
    }

    private static void writePort(ByteBuf out, int port) {
        int nest = AttributeWriter.begin(out, FlowAttribute.NAT_PROTO);
        AttributeWriter.putShort(out, FlowAttribute.NAT_PORT_MIN, port);
        AttributeWriter.putShort(out, FlowAttribute.NAT_PORT_MAX, port);
        AttributeWriter.end(out, nest);
    }
}
