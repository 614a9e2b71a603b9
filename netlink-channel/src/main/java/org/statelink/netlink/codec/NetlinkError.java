/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Reads {@code NLMSG_ERROR}: the number, then the request's header, then, unless capped, the rest of the request, then
 * the attributes of the extended acknowledgement.
 */
public final class NetlinkError {
    private static final int ERRNO_LENGTH = 4;
    private static final int TEXT = 1;
    private static final int OFFSET = 2;
    private static final int ALIGNMENT_MASK = 3;

    private NetlinkError() {
    }

    /** The positive error number; 0 for an acknowledgement; {@code EINVAL} where the message holds none. */
    public static int errno(NetlinkMessage message) {
        if (message.payloadLength() < ERRNO_LENGTH) {
            return Errno.EINVAL;
        }
        int errno = message.buffer().getIntLE(message.payloadIndex());
        return errno > 0 || errno == Integer.MIN_VALUE ? Errno.EINVAL : -errno;
    }

    /** Text of the extended acknowledgement; empty for none. Allocates where there is one. */
    public static String text(NetlinkMessage message) {
        if (!message.hasFlag(NetlinkFlags.ACK_TLVS)) {
            return "";
        }
        AttributeReader reader = attributes(message);
        while (reader.next()) {
            if (reader.type() == TEXT) {
                return string(reader);
            }
        }
        return "";
    }

    /** Offset of the offending attribute within the request; -1 for unknown. Allocates where something is told. */
    public static int offset(NetlinkMessage message) {
        if (!message.hasFlag(NetlinkFlags.ACK_TLVS)) {
            return -1;
        }
        AttributeReader reader = attributes(message);
        while (reader.next()) {
            if (reader.type() == OFFSET && reader.length() == 4) {
                return reader.buffer().getIntLE(reader.valueIndex());
            }
        }
        return -1;
    }

    /** All of it as an exception. */
    public static NetlinkException exception(NetlinkMessage message) {
        return new NetlinkException(errno(message), text(message), offset(message));
    }

    private static AttributeReader attributes(NetlinkMessage message) {
        int end = message.payloadEnd();
        int start = message.payloadIndex() + ERRNO_LENGTH + quoted(message);
        return new AttributeReader().reset(message.buffer(), Math.min(start, end), end);
    }

    /** Bytes of the request that the error quotes; all there is where no attributes follow. */
    private static int quoted(NetlinkMessage message) {
        int room = message.payloadLength() - ERRNO_LENGTH;
        if (room < NetlinkMessage.HEADER_LENGTH) {
            return Math.max(room, 0);
        }
        if (message.hasFlag(NetlinkFlags.CAPPED)) {
            return NetlinkMessage.HEADER_LENGTH;
        }
        int length = message.buffer().getIntLE(message.payloadIndex() + ERRNO_LENGTH);
        boolean sound = length >= NetlinkMessage.HEADER_LENGTH && length <= room;
        return sound ? length + ALIGNMENT_MASK & ~ALIGNMENT_MASK : room;
    }

    private static String string(AttributeReader reader) {
        ByteBuf buffer = reader.buffer();
        int length = reader.length();
        while (length > 0 && buffer.getByte(reader.valueIndex() + length - 1) == 0) {
            length--;
        }
        return buffer.toString(reader.valueIndex(), length, StandardCharsets.UTF_8);
    }
}
