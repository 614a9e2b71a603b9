/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.codec;

import io.netty.buffer.ByteBuf;

/**
 * Appends attributes to a buffer, each padded with zeros to 4 bytes. The buffer is the caller's and grows as needed.
 * A nest is {@code int nest = begin(out, type); ...; end(out, nest);}.
 */
public final class AttributeWriter {
    private static final int HEADER_LENGTH = 4;
    private static final int ALIGNMENT_MASK = 3;
    private static final int NESTED = 0x8000;

    private AttributeWriter() {
    }

    /** Begins a nest; the answer is to be given to {@link #end}. */
    public static int begin(ByteBuf out, int type) {
        int index = out.writerIndex();
        header(out, type | NESTED, 0);
        return index;
    }

    /** Ends the nest that began at an index. */
    public static void end(ByteBuf out, int index) {
        out.setShortLE(index, out.writerIndex() - index);
    }

    /** Appends an 8-bit integer. */
    public static void putByte(ByteBuf out, int type, int value) {
        header(out, type, 1);
        out.writeByte(value).writeZero(3);
    }

    /** Appends a 16-bit integer, big-endian. */
    public static void putShort(ByteBuf out, int type, int value) {
        header(out, type, 2);
        out.writeShort(value).writeShort(0);
    }

    /** Appends a 32-bit integer, big-endian. */
    public static void putInt(ByteBuf out, int type, int value) {
        header(out, type, 4);
        out.writeInt(value);
    }

    /** Appends a 64-bit integer, big-endian. */
    public static void putLong(ByteBuf out, int type, long value) {
        header(out, type, 8);
        out.writeLong(value);
    }

    /** Appends the header of an attribute whose payload the caller writes next; then {@link #pad} is due. */
    public static void header(ByteBuf out, int type, int length) {
        out.writeShortLE(HEADER_LENGTH + length).writeShortLE(type);
    }

    /** Appends what a payload of so many bytes lacks to a multiple of 4. */
    public static void pad(ByteBuf out, int length) {
        out.writeZero(-length & ALIGNMENT_MASK);
    }
}
