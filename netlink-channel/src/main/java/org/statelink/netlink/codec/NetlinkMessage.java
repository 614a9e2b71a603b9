/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.codec;

import io.netty.buffer.ByteBuf;

/**
 * One message of a datagram: a view that is reused for the next message. Valid only while the handler it was passed
 * to runs; whoever needs more copies the bytes. The buffer stays the decoder's: not to be released or moved.
 */
public final class NetlinkMessage {
    /** Bytes of {@code struct nlmsghdr}. */
    public static final int HEADER_LENGTH = 16;
    /** {@code NLMSG_ERROR}: an error, or an acknowledgement. */
    public static final int ERROR = 2;
    /** {@code NLMSG_DONE}: the end of a dump. */
    public static final int DONE = 3;

    private static final int ALIGNMENT_MASK = 3;

    private ByteBuf buffer;
    private int index;
    private int length;

    /**
     * Looks at the message that begins at an index.
     *
     * @return false when there is no whole message before {@code end}; the view is then of no use
     */
    public boolean wrap(ByteBuf buffer, int index, int end) {
        if (end - index < HEADER_LENGTH) {
            return false;
        }
        int claimed = buffer.getIntLE(index);
        if (claimed < HEADER_LENGTH || claimed > end - index) {
            return false;
        }
        this.buffer = buffer;
        this.index = index;
        length = claimed;
        return true;
    }

    void clear() {
        buffer = null;
    }

    /** {@code nlmsg_type}. */
    public int type() {
        return buffer.getUnsignedShortLE(index + 4);
    }

    /** {@code nlmsg_flags}; see {@link NetlinkFlags}. */
    public int flags() {
        return buffer.getUnsignedShortLE(index + 6);
    }

    /** Whether any of the flags is set. */
    public boolean hasFlag(int flag) {
        return (flags() & flag) != 0;
    }

    /** {@code nlmsg_seq}: that of the request; 0 for events. */
    public int sequence() {
        return buffer.getIntLE(index + 8);
    }

    /** {@code nlmsg_pid}: port id of the socket whose request caused the message; 0 for none. */
    public int portId() {
        return buffer.getIntLE(index + 12);
    }

    /** The datagram that holds the message. */
    public ByteBuf buffer() {
        return buffer;
    }

    /** Where the message's payload begins in {@link #buffer}. */
    public int payloadIndex() {
        return index + HEADER_LENGTH;
    }

    /** Where the message's payload ends in {@link #buffer}. */
    public int payloadEnd() {
        return index + length;
    }

    /** Bytes of payload. */
    public int payloadLength() {
        return length - HEADER_LENGTH;
    }

    /** Where the next message of the datagram may begin; may lie beyond its end. */
    int nextIndex() {
        return index + (length + ALIGNMENT_MASK & ~ALIGNMENT_MASK);
    }
}
