/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.codec;

import io.netty.buffer.ByteBuf;

/**
 * Appends messages to a buffer: {@code int m = begin(out, ...); attributes; end(out, m);}. Several in one buffer make
 * a datagram that the kernel works through in order.
 */
public final class NetlinkMessageWriter {
    /** Bytes of {@code struct nfgenmsg}. */
    public static final int NETFILTER_HEADER_LENGTH = 4;

    private static final int FLAGS_OFFSET = 6;
    private static final int SEQUENCE_OFFSET = 8;

    private NetlinkMessageWriter() {
    }

    /** Begins a message; the answer is to be given to {@link #end}. The port id is 0 in requests. */
    public static int begin(ByteBuf out, int type, int flags, int sequence, int portId) {
        int index = out.writerIndex();
        out.writeIntLE(0).writeShortLE(type).writeShortLE(flags).writeIntLE(sequence).writeIntLE(portId);
        return index;
    }

    /** Appends {@code struct nfgenmsg}: layer-3 family, version, resource id 0. */
    public static void netfilterHeader(ByteBuf out, int family, int version) {
        out.writeByte(family).writeByte(version).writeShort(0);
    }

    /** Ends the message that began at an index; what was appended to it is a multiple of 4 bytes. */
    public static void end(ByteBuf out, int index) {
        out.setIntLE(index, out.writerIndex() - index);
    }

    /** Sets the sequence number of the message that began at an index. */
    public static void setSequence(ByteBuf out, int index, int sequence) {
        out.setIntLE(index + SEQUENCE_OFFSET, sequence);
    }

    /** Sets further flags of the message that began at an index. */
    public static void addFlags(ByteBuf out, int index, int flags) {
        out.setShortLE(index + FLAGS_OFFSET, out.getUnsignedShortLE(index + FLAGS_OFFSET) | flags);
    }
}
