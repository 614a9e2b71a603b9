/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;

/**
 * One received message on its way through a pipeline. There is one such object per pipeline: it and its
 * {@link #body()} are valid during the call that hands it over and hold the next message after. It owns nothing and is
 * not reference counted. Used on the link's loop only.
 */
public final class SyncMessage {
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private InetSocketAddress sender;
    private int type;
    private int flags;
    private int length;
    private int sequence;
    private int from;
    private int to;

    /**
     * Takes the header at {@code index} and points the body at what follows it: the buffer's own reader and writer
     * index are set around the body, so the caller keeps what they were. The caller has checked that the whole message
     * is in the buffer and not shorter than its header.
     */
    public void wrap(ByteBuf buffer, int index, InetSocketAddress sender) {
        this.sender = sender;
        type = SyncHeader.type(buffer, index);
        flags = SyncHeader.flags(buffer, index);
        length = SyncHeader.length(buffer, index);
        sequence = SyncHeader.sequence(buffer, index);
        boolean range = SyncHeader.hasRange(type, flags);
        from = range ? SyncHeader.from(buffer, index) : 0;
        to = range ? SyncHeader.to(buffer, index) : 0;
        body = buffer.setIndex(index + SyncHeader.lengthOf(type, flags), index + length);
    }

    /** Lets go of the buffer. */
    public void clear() {
        body = Unpooled.EMPTY_BUFFER;
        sender = null;
    }

    /** {@link MessageType}; any 4-bit number. */
    public int type() {
        return type;
    }

    /** {@link MessageFlags}; any 8-bit number. */
    public int flags() {
        return flags;
    }

    /** Whether any of these flags is set. */
    public boolean hasAny(int mask) {
        return (flags & mask) != 0;
    }

    /** Whether this is state: a type up to 5 and no flag but the greetings. */
    public boolean isState() {
        return MessageType.isState(type) && (flags & ~MessageFlags.HELLO_MASK) == 0;
    }

    /** Whether this is a control message with the flag. */
    public boolean isControl(int flag) {
        return type == MessageType.CONTROL && (flags & flag) != 0;
    }

    /** Bytes of the whole message. */
    public int length() {
        return length;
    }

    /** Sequence number. */
    public int sequence() {
        return sequence;
    }

    /** First sequence number concerned; 0 where the message has no range. */
    public int from() {
        return from;
    }

    /** Last sequence number concerned; 0 where the message has no range. */
    public int to() {
        return to;
    }

    /**
     * What follows the header; all readable bytes, and no others. It is the received buffer itself: do not write to
     * it, keep it or release it; its reader index may be moved. Expectations have attributes of their own numbering.
     */
    public ByteBuf body() {
        return body;
    }

    /** Where it came from; null where the transport does not tell. */
    public InetSocketAddress sender() {
        return sender;
    }

    @Override
    public String toString() {
        return MessageType.nameOf(type) + ' ' + MessageFlags.format(flags) + " length " + length + " sequence "
            + SequenceNumber.format(sequence) + " from " + sender;
    }
}
