/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** A name that the kernel gives something, kept as bytes without a terminating NUL so that events need no strings. */
public final class KernelName {
    /** Longest name of a conntrack helper, in bytes: {@code NF_CT_HELPER_NAME_LEN} less the NUL. */
    public static final int HELPER_LENGTH = 15;
    /** Longest name kept of a function that the kernel calls for an expected flow, in bytes. */
    public static final int FUNCTION_LENGTH = 31;

    private final byte[] bytes;
    private int length;

    /** An empty name of at most so many bytes; longer ones are cut. */
    public KernelName(int maxLength) {
        bytes = new byte[maxLength];
    }

    /**
     * Reads a name of at most {@code available} bytes, which ends at the first NUL or with them. The reader index is
     * moved past {@code available} bytes.
     */
    public void read(ByteBuf in, int available) {
        read(in, in.readerIndex(), available);
        in.skipBytes(available);
    }

    /** Reads a name at an index of a buffer, as the other one, without moving the reader index. */
    public void read(ByteBuf in, int start, int available) {
        length = 0;
        while (length < Math.min(available, bytes.length) && in.getByte(start + length) != 0) {
            bytes[length] = in.getByte(start + length);
            length++;
        }
    }

    /** Writes the name without a NUL. */
    public void write(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
    }

    /** Takes a name from text; for tests and tools. */
    public void set(String name) {
        byte[] from = name.getBytes(StandardCharsets.ISO_8859_1);
        length = Math.min(from.length, bytes.length);
        System.arraycopy(from, 0, bytes, 0, length);
    }

    void set(KernelName other) {
        length = Math.min(other.length, bytes.length);
        System.arraycopy(other.bytes, 0, bytes, 0, length);
    }

    /** Bytes of the name, without a NUL. */
    public int length() {
        return length;
    }

    /** The byte at an index below {@link #length()}. */
    public byte at(int index) {
        return bytes[index];
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
