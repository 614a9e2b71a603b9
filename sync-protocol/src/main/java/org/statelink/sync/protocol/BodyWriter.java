/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.KernelName;
import org.statelink.conntrack.Tuple;

/** Appends single attributes of a body, padded. */
final class BodyWriter {
    private static final int HEADER = BodyAttribute.HEADER_LENGTH;

    private BodyWriter() {
    }

    /** A name and a NUL; nothing if it is too long, since conntrackd refuses the whole message for it. */
    static void name(ByteBuf out, BodyAttribute attribute, KernelName name) {
        int payload = name.length() + 1;
        if (payload <= attribute.payloadLength()) {
            head(out, attribute, payload);
            name.write(out);
            out.writeZero(1 + padding(payload));
        }
    }

    static void addresses(ByteBuf out, Tuple tuple, BodyAttribute ipv4, BodyAttribute ipv6) {
        if (tuple.family() == Tuple.IPV4) {
            head(out, ipv4, 8);
            out.writeLong(tuple.sourceLow() << 32 | tuple.destinationLow());
        } else {
            head(out, ipv6, 32);
            out.writeLong(tuple.sourceHigh());
            out.writeLong(tuple.sourceLow());
            out.writeLong(tuple.destinationHigh());
            out.writeLong(tuple.destinationLow());
        }
    }

    static void address(ByteBuf out, BodyAttribute attribute, long high, long low) {
        if (attribute.payloadLength() == Integer.BYTES) {
            u32(out, attribute, (int) low);
        } else {
            head(out, attribute, 16);
            out.writeLong(high);
            out.writeLong(low);
        }
    }

    static void ports(ByteBuf out, BodyAttribute attribute, Tuple tuple) {
        u32(out, attribute, tuple.sourcePort() << 16 | tuple.destinationPort() & 0xffff);
    }

    static void u8(ByteBuf out, BodyAttribute attribute, int value) {
        out.writeLong(header(attribute, 1) << 32 | (value & 0xffL) << 24);
    }

    /** conntrackd swaps the bytes of what is in network order already; little-endian machines agree on that. */
    static void swapped(ByteBuf out, BodyAttribute attribute, int value) {
        out.writeLong(header(attribute, 2) << 32 | (value & 0xffL) << 24 | (value & 0xff00L) << 8);
    }

    static void u32(ByteBuf out, BodyAttribute attribute, int value) {
        out.writeLong(header(attribute, 4) << 32 | value & 0xffffffffL);
    }

    static void head(ByteBuf out, BodyAttribute attribute, int payload) {
        out.writeInt((int) header(attribute, payload));
    }

    private static long header(BodyAttribute attribute, int payload) {
        return (long) (HEADER + payload) << 16 | attribute.number();
    }

    private static int padding(int payload) {
        return -payload & 3;
    }
}
