/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import io.netty.buffer.ByteBuf;

/** Walks the attributes of a body, and checks all of them before any is taken. */
final class BodyCheck {
    /** For bodies of flows. */
    static final BodyCheck FLOW = new BodyCheck(ConntrackAttribute.values(),
        bits(ConntrackAttribute.IPV4, ConntrackAttribute.IPV6), ConntrackAttribute.L4PROTO);
    /** For bodies of expectations, which need two tuples to be told apart. */
    static final BodyCheck EXPECTATION = new BodyCheck(ExpectAttribute.values(),
        bits(ExpectAttribute.EXPECT_IPV4, ExpectAttribute.EXPECT_IPV6), ExpectAttribute.EXPECT_L4PROTO,
        bits(ExpectAttribute.MASTER_IPV4, ExpectAttribute.MASTER_IPV6), ExpectAttribute.MASTER_L4PROTO);

    private static final int HEADER = BodyAttribute.HEADER_LENGTH;

    private final BodyAttribute[] attributes;
    private final long addresses;
    private final long protocol;
    private final long masterAddresses;
    private final long masterProtocol;

    private BodyCheck(BodyAttribute[] attributes, long addresses, BodyAttribute protocol) {
        this(attributes, addresses, protocol, addresses, protocol);
    }

    private BodyCheck(BodyAttribute[] attributes, long addresses, BodyAttribute protocol, long masterAddresses,
                      BodyAttribute masterProtocol) {
        this.attributes = attributes;
        this.addresses = addresses;
        this.protocol = protocol.bit();
        this.masterAddresses = masterAddresses;
        this.masterProtocol = masterProtocol.bit();
    }

    private static long bits(BodyAttribute one, BodyAttribute other) {
        return one.bit() | other.bit();
    }

    BodyResult check(ByteBuf in, int start, int end) {
        long seen = 0;
        for (int at = start; end - at > HEADER; at = next(in, at)) {
            BodyResult result = checkAttribute(in, at, end);
            if (result != BodyResult.OK) {
                return result;
            }
            seen |= 1L << number(in, at);
        }
        if ((seen & addresses) == 0 || (seen & masterAddresses) == 0) {
            return BodyResult.MISSING_ADDRESS;
        }
        boolean protocols = (seen & protocol) != 0 && (seen & masterProtocol) != 0;
        return protocols ? BodyResult.OK : BodyResult.MISSING_PROTOCOL;
    }

    private BodyResult checkAttribute(ByteBuf in, int at, int end) {
        int length = in.getUnsignedShort(at);
        if (length < HEADER) {
            return BodyResult.BAD_LENGTH;
        }
        if (length > end - at) {
            return BodyResult.TRUNCATED;
        }
        int number = number(in, at);
        if (number >= attributes.length) {
            return BodyResult.UNKNOWN_ATTRIBUTE;
        }
        BodyAttribute attribute = attributes[number];
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
