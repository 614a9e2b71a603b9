/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Ctnetlink requests made by hand, so that the channel is tested without the codec. Little-endian hosts. */
final class Requests {
    static final int NEW = 0x100;
    static final int GET = 0x101;
    static final int DELETE = 0x102;
    static final int ERROR = 2;
    static final int DONE = 3;
    static final int GROUP_NEW = 1;
    static final int GROUP_DESTROY = 4;

    private static final int REQUEST = 1;
    private static final int ACK = 4;
    private static final int DUMP = 0x300;
    private static final int CREATE_EXCL = 0x600;
    private static final int SOURCE = 0xc6336401;
    private static final int DESTINATION = 0xc6336402;
    private static final int UDP = 17;

    private Requests() {
    }

    static ByteBuf dump(int sequence) {
        ByteBuf out = Unpooled.directBuffer();
        end(out, begin(out, GET, REQUEST | DUMP, sequence));
        return out;
    }

    /** Deletes every entry. */
    static ByteBuf flush(int sequence) {
        ByteBuf out = Unpooled.directBuffer();
        end(out, begin(out, DELETE, REQUEST | ACK, sequence));
        return out;
    }

    static ByteBuf create(int sequence, int port) {
        ByteBuf out = Unpooled.directBuffer();
        create(out, REQUEST | ACK | CREATE_EXCL, sequence, port);
        return out;
    }

    /** Many creations in one datagram, answered only if they fail. The ports are 1 to count. */
    static ByteBuf createAll(int count) {
        ByteBuf out = Unpooled.directBuffer();
        for (int port = 1; port <= count; port++) {
            create(out, REQUEST | CREATE_EXCL, port, port);
        }
        return out;
    }

    /** What the buffer holds, which is released. */
    static byte[] bytes(ByteBuf buffer) {
        try {
            return ByteBufUtil.getBytes(buffer);
        } finally {
            buffer.release();
        }
    }

    private static void create(ByteBuf out, int flags, int sequence, int port) {
        int start = begin(out, NEW, flags, sequence);
        out.setByte(start + 16, 2);
        tuple(out, 1, SOURCE, DESTINATION, port, 53);
        tuple(out, 2, DESTINATION, SOURCE, 53, port);
        attribute(out, 7, 4).writeInt(300);
        end(out, start);
    }

    private static void tuple(ByteBuf out, int type, int source, int destination, int sourcePort, int destinationPort) {
        attribute(out, 0x8000 | type, 48);
        attribute(out, 0x8000 | 1, 16);
        attribute(out, 1, 4).writeInt(source);
        attribute(out, 2, 4).writeInt(destination);
        attribute(out, 0x8000 | 2, 24);
        attribute(out, 1, 1).writeByte(UDP).writeZero(3);
        attribute(out, 2, 2).writeShort(sourcePort).writeZero(2);
        attribute(out, 3, 2).writeShort(destinationPort).writeZero(2);
    }

    private static ByteBuf attribute(ByteBuf out, int type, int payload) {
        return out.writeShortLE(4 + payload).writeShortLE(type);
    }

    private static int begin(ByteBuf out, int type, int flags, int sequence) {
        int start = out.writerIndex();
        out.writeIntLE(0).writeShortLE(type).writeShortLE(flags).writeIntLE(sequence).writeIntLE(0).writeInt(0);
        return start;
    }

    private static void end(ByteBuf out, int start) {
        out.setIntLE(start, out.writerIndex() - start);
    }
}
