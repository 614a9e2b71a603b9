/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Name of a conntrack helper, kept as bytes without a terminating NUL so that events need no strings. */
public final class HelperName {
    /** Longest name kept, in bytes; the kernel's {@code NF_CT_HELPER_NAME_LEN} less the NUL. */
    public static final int MAX_LENGTH = 15;

    private final byte[] bytes = new byte[MAX_LENGTH];
    private int length;

    /**
     * Reads a name of at most {@code available} bytes, which ends at the first NUL or with them; longer names are
     * cut to {@link #MAX_LENGTH}. The reader index is moved past {@code available} bytes.
     */
    public void read(ByteBuf in, int available) {
        read(in, in.readerIndex(), available);
        in.skipBytes(available);
    }

    /** Reads a name at an index of a buffer, as the other one, without moving the reader index. */
    public void read(ByteBuf in, int start, int available) {
        length = 0;
        while (length < Math.min(available, MAX_LENGTH) && in.getByte(start + length) != 0) {
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
        length = Math.min(from.length, MAX_LENGTH);
        System.arraycopy(from, 0, bytes, 0, length);
    }

    void set(HelperName other) {
        length = other.length;
        System.arraycopy(other.bytes, 0, bytes, 0, length);
    }

    /** Bytes of the name, without a NUL. */
    public int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
