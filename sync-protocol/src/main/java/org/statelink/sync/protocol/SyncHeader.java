/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import io.netty.buffer.ByteBuf;

/**
 * The header that every message begins with: 8 bytes, or 16 for a control message that names a range. All fields are
 * in network order.
 *
 * <pre>
 *  0  version (high nibble), type (low nibble)
 *  1  flags
 *  2  length of the whole message, header included, unsigned 16 bits
 *  4  sequence number
 *  8  from  \ first and last sequence number concerned, both included;
 * 12  to    / only with RESYNC, NACK or ACK
 * </pre>
 *
 * <p>The getters read at an absolute index, check nothing but the buffer's capacity and move no index. Source: docs of
 * conntrackd's wire protocol, section 1.
 */
public final class SyncHeader {
    /** The one version there is. */
    public static final int VERSION = 1;
    /** Bytes of a header without a range. */
    public static final int LENGTH = 8;
    /** Bytes of a header with a range. */
    public static final int RANGE_LENGTH = 16;
    /** Most bytes that the length field can tell. */
    public static final int MAX_MESSAGE_LENGTH = 0xffff;

    private static final int FLAGS_OFFSET = 1;
    private static final int LENGTH_OFFSET = 2;
    private static final int SEQUENCE_OFFSET = 4;
    private static final int FROM_OFFSET = 8;
    private static final int TO_OFFSET = 12;

    private SyncHeader() {
    }

    /** Appends an 8-byte header. {@code length} is that of the whole message. */
    public static void write(ByteBuf out, int type, int flags, int length, int sequence) {
        out.writeLong((long) (VERSION << 4 | type) << 56 | (long) (flags & 0xff) << 48
            | (long) (length & 0xffff) << 32 | sequence & 0xffffffffL);
    }

    /** Appends a whole control message of 16 bytes; its flags hold one of RESYNC, NACK, ACK. */
    public static void writeRange(ByteBuf out, int flags, int sequence, int from, int to) {
        write(out, MessageType.CONTROL, flags, RANGE_LENGTH, sequence);
        out.writeInt(from);
        out.writeInt(to);
    }

    /** Whether a header of this type and these flags has a range, which its length does not decide. */
    public static boolean hasRange(int type, int flags) {
        return type == MessageType.CONTROL && (flags & MessageFlags.RANGE_MASK) != 0;
    }

    /** Bytes of a header of this type and these flags. */
    public static int lengthOf(int type, int flags) {
        return hasRange(type, flags) ? RANGE_LENGTH : LENGTH;
    }

    /** Version of the header at the index. */
    public static int version(ByteBuf in, int index) {
        return in.getUnsignedByte(index) >>> 4;
    }

    /** Type of the header at the index; see {@link MessageType}. */
    public static int type(ByteBuf in, int index) {
        return in.getByte(index) & 0xf;
    }

    /** Flags of the header at the index; see {@link MessageFlags}. */
    public static int flags(ByteBuf in, int index) {
        return in.getUnsignedByte(index + FLAGS_OFFSET);
    }

    /** Bytes of the whole message, as its header at the index says. */
    public static int length(ByteBuf in, int index) {
        return in.getUnsignedShort(index + LENGTH_OFFSET);
    }

    /** Sequence number of the header at the index; see {@link SequenceNumber}. */
    public static int sequence(ByteBuf in, int index) {
        return in.getInt(index + SEQUENCE_OFFSET);
    }

    /** First sequence number concerned, of a header with a range. */
    public static int from(ByteBuf in, int index) {
        return in.getInt(index + FROM_OFFSET);
    }

    /** Last sequence number concerned, of a header with a range. */
    public static int to(ByteBuf in, int index) {
        return in.getInt(index + TO_OFFSET);
    }

    /** Overwrites the flags of the header at the index. */
    public static void setFlags(ByteBuf out, int index, int flags) {
        out.setByte(index + FLAGS_OFFSET, flags);
    }

    /** Overwrites the length of the header at the index, once the body is known. */
    public static void setLength(ByteBuf out, int index, int length) {
        out.setShort(index + LENGTH_OFFSET, length);
    }

    /** Overwrites the sequence number of the header at the index. */
    public static void setSequence(ByteBuf out, int index, int sequence) {
        out.setInt(index + SEQUENCE_OFFSET, sequence);
    }
}
