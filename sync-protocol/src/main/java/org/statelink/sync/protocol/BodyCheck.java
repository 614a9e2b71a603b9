/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import io.netty.buffer.ByteBuf;

/** Walks the attributes of a {@link ConntrackBody}, and checks all of them before any is taken. */
final class BodyCheck {
    private static final int HEADER = ConntrackAttribute.HEADER_LENGTH;
    private static final long ADDRESS_BITS = ConntrackAttribute.IPV4.bit() | ConntrackAttribute.IPV6.bit();

    private BodyCheck() {
    }

    static BodyResult check(ByteBuf in, int start, int end) {
        long seen = 0;
        for (int at = start; end - at > HEADER; at = next(in, at)) {
            BodyResult result = checkAttribute(in, at, end);
            if (result != BodyResult.OK) {
                return result;
            }
            seen |= 1L << number(in, at);
        }
        if ((seen & ADDRESS_BITS) == 0) {
            return BodyResult.MISSING_ADDRESS;
        }
        return (seen & ConntrackAttribute.L4PROTO.bit()) == 0 ? BodyResult.MISSING_PROTOCOL : BodyResult.OK;
    }

    private static BodyResult checkAttribute(ByteBuf in, int at, int end) {
        int length = in.getUnsignedShort(at);
        if (length < HEADER) {
            return BodyResult.BAD_LENGTH;
        }
        if (length > end - at) {
            return BodyResult.TRUNCATED;
        }
        int number = number(in, at);
        if (number >= ConntrackAttribute.COUNT) {
            return BodyResult.UNKNOWN_ATTRIBUTE;
        }
        ConntrackAttribute attribute = ConntrackAttribute.at(number);
        if (attribute.accepts(length - HEADER)) {
            return BodyResult.OK;
        }
        return attribute.isVariable() ? BodyResult.TOO_LONG : BodyResult.WRONG_SIZE;
    }

    static int number(ByteBuf in, int at) {
        return in.getUnsignedShort(at + 2);
    }

    /** The last attribute may come without its padding: this is then past the end. */
    static int next(ByteBuf in, int at) {
        return at + (in.getUnsignedShort(at) + 3 & ~3);
    }
}
