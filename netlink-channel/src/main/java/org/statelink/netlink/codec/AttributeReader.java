/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.codec;

import io.netty.buffer.ByteBuf;

/**
 * A cursor over the attributes of a message. Reused; never throws on malformed input: the first fault makes it
 * {@link #failed()}, from then on there is no next attribute and every value is 0.
 *
 * <p>Nests need no second reader:
 * <pre>{@code
 * int outer = reader.enter();
 * while (reader.next()) { switch (reader.type()) ... }
 * reader.leave(outer);
 * }</pre>
 */
public final class AttributeReader {
    private static final int HEADER_LENGTH = 4;
    private static final int ALIGNMENT_MASK = 3;
    private static final int TYPE_MASK = 0x3fff;

    private ByteBuf buffer;
    private int base;
    private int next;
    private int end;
    private int type;
    private int value;
    private int length;
    private boolean failed;

    /** Begins anew: attributes lie in {@code [start, end)} of a buffer that holds so much. The buffer is borrowed. */
    public AttributeReader reset(ByteBuf buffer, int start, int end) {
        this.buffer = buffer;
        base = start;
        next = start;
        this.end = end;
        value = start;
        length = 0;
        failed = start > end;
        return this;
    }

    /** Moves to the next attribute of this level; false at its end, or after a fault. */
    public boolean next() {
        if (failed || next >= end) {
            return false;
        }
        if (end - next < HEADER_LENGTH) {
            return fail();
        }
        int claimed = buffer.getUnsignedShortLE(next);
        if (claimed < HEADER_LENGTH || claimed > end - next) {
            return fail();
        }
        type = buffer.getUnsignedShortLE(next + 2) & TYPE_MASK;
        value = next + HEADER_LENGTH;
        length = claimed - HEADER_LENGTH;
        next = align(next + claimed);
        return true;
    }

    private int align(int index) {
        return base + (index - base + ALIGNMENT_MASK & ~ALIGNMENT_MASK);
    }

    /** Says that what was read makes no sense; always false. */
    public boolean fail() {
        failed = true;
        return false;
    }

    /** Whether something was malformed. */
    public boolean failed() {
        return failed;
    }

    /** Goes into the current attribute, a nest; the answer is to be given to {@link #leave}. */
    public int enter() {
        int outer = end;
        next = value;
        end = value + length;
        return outer;
    }

    /** Goes back to the level above, behind the nest; inner attributes may be left unread. */
    public void leave(int outer) {
        next = align(end);
        end = outer;
    }

    /** Number of the attribute, without the flags for nests and byte order. */
    public int type() {
        return type;
    }

    /** Bytes of payload. */
    public int length() {
        return length;
    }

    /** Where the payload begins in the buffer. */
    public int valueIndex() {
        return value;
    }

    /** The buffer, for payloads that are not integers. */
    public ByteBuf buffer() {
        return buffer;
    }

    /** The payload as an unsigned 8-bit integer. */
    public int readUnsignedByte() {
        return holds(1) ? buffer.getUnsignedByte(value) : 0;
    }

    /** The payload as an unsigned big-endian 16-bit integer. */
    public int readUnsignedShort() {
        return holds(2) ? buffer.getUnsignedShort(value) : 0;
    }

    /** The payload as a big-endian 32-bit integer. */
    public int readInt() {
        return holds(4) ? buffer.getInt(value) : 0;
    }

    /** The payload as a big-endian 64-bit integer. */
    public long readLong() {
        return holds(8) ? buffer.getLong(value) : 0;
    }

    /** A big-endian 64-bit integer within the payload; it fails when the payload is not {@code total} bytes long. */
    public long readLong(int offset, int total) {
        return holds(total) ? buffer.getLong(value + offset) : 0;
    }

    private boolean holds(int bytes) {
        return !failed && (length >= bytes || fail());
    }
}
