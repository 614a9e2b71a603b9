/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** The attributes of a netlink message, found by their path of numbers: tuple 1, IP 1, source 1 is 0x010101. */
final class Attributes {
    private static final int NESTED = 0x8000;
    private static final int TYPE = 0x3fff;

    private final Map<Integer, byte[]> values = new HashMap<>();

    Attributes(ByteBuffer body) {
        read(body, 0);
    }

    private void read(ByteBuffer in, int path) {
        int position = in.position();
        while (in.limit() - position >= 4) {
            int length = in.getShort(position) & 0xffff;
            int type = in.getShort(position + 2) & 0xffff;
            if (length < 4 || length > in.limit() - position) {
                throw new IllegalArgumentException("attribute of length " + length);
            }
            ByteBuffer value = in.slice(position + 4, length - 4).order(in.order());
            int here = path << 8 | type & TYPE;
            if ((type & NESTED) != 0) {
                read(value, here);
            } else {
                byte[] bytes = new byte[length - 4];
                value.get(bytes);
                values.put(here, bytes);
            }
            position += length + 3 & ~3;
        }
    }

    /** The bytes at every path. */
    Map<Integer, byte[]> all() {
        return Collections.unmodifiableMap(values);
    }

    boolean has(int path) {
        return values.containsKey(path);
    }

    /** The bytes at a path; none if it is not there. */
    byte[] bytes(int path) {
        return values.getOrDefault(path, new byte[0]);
    }

    /** A number in network order; 0 if it is not there. */
    long number(int path) {
        return new BigInteger(1, bytes(path)).longValue();
    }
}
