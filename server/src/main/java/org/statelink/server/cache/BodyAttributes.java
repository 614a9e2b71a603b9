/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.statelink.sync.protocol.ConntrackAttribute;
import org.statelink.sync.protocol.ExpectAttribute;

/**
 * Walks canonical bodies without decoding them. Their attributes are padded, sound and in one fixed order; what is
 * behind the last one is too short for another.
 */
final class BodyAttributes {
    /** Those of flows. */
    static final BodyAttributes FLOW = new BodyAttributes(ConntrackAttribute.TIMEOUT.number(),
        ConntrackAttribute.TCP_WSCALE_ORIG.number(), ConntrackAttribute.TCP_WSCALE_REPL.number());
    /** Those of expectations, which have no window scales. */
    static final BodyAttributes EXPECTATION = new BodyAttributes(ExpectAttribute.TIMEOUT.number(), -1, -1);

    private final int timeout;
    private final int scaleOriginal;
    private final int scaleReply;

    private BodyAttributes(int timeout, int scaleOriginal, int scaleReply) {
        this.timeout = timeout;
        this.scaleOriginal = scaleOriginal;
        this.scaleReply = scaleReply;
    }

    /** Whether every attribute of the one body is in the other too, whatever its value there. */
    static boolean covers(byte[] body, int length, byte[] other, int otherLength) {
        int at = 0;
        for (int otherAt = 0; isAttribute(otherAt, otherLength); otherAt += size(other, otherAt)) {
            int wanted = number(other, otherAt);
            while (isAttribute(at, length) && number(body, at) != wanted) {
                at += size(body, at);
            }
            if (!isAttribute(at, length)) {
                return false;
            }
            at += size(body, at);
        }
        return true;
    }

    /** Whether two bodies say the same, their timeouts aside. */
    boolean sameButTimeout(byte[] body, int length, byte[] other, int otherLength) {
        if (length != otherLength) {
            return false;
        }
        int at = 0;
        for (; isAttribute(at, length); at += size(body, at)) {
            int end = at + (number(body, at) == timeout ? ConntrackAttribute.HEADER_LENGTH : size(body, at));
            if (!Arrays.equals(body, at, end, other, at, end)) {
                return false;
            }
        }
        return Arrays.equals(body, at, length, other, at, length);
    }

    /** Appends a body without its timeout or its window scales. */
    void copy(byte[] body, int length, ByteBuf out, boolean withTimeout, boolean withWindowScale) {
        int start = 0;
        int at = 0;
        while (isAttribute(at, length)) {
            int number = number(body, at);
            int next = at + size(body, at);
            boolean scale = number == scaleOriginal || number == scaleReply;
            if (number == timeout && !withTimeout || scale && !withWindowScale) {
                out.writeBytes(body, start, at - start);
                start = next;
            }
            at = next;
        }
        out.writeBytes(body, start, length - start);
    }

    private static boolean isAttribute(int at, int length) {
        return length - at > ConntrackAttribute.HEADER_LENGTH;
    }

    static int number(byte[] body, int at) {
        return (body[at + 2] & 0xff) << 8 | body[at + 3] & 0xff;
    }

    static int size(byte[] body, int at) {
        return ((body[at] & 0xff) << 8 | body[at + 1] & 0xff) + 3 & ~3;
    }
}
