/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.KernelName;
import org.statelink.conntrack.Tuple;

/**
 * The body of an expectation's state message. What {@link #encode} writes is the canonical form, byte for byte what
 * conntrackd writes for the same expectation; decoding it and encoding it again gives the same bytes. Neither direction
 * allocates. Static and without state: any thread.
 *
 * <p>Zone and identifier do not travel, nor do the addresses of an IPv6 translation. Source: docs of conntrackd's wire
 * protocol, sections 3, 5 and 8.5.
 */
public final class ExpectBody {
    /** No encoded body is longer, in bytes. */
    public static final int MAX_LENGTH = 3 * (36 + 8 + 8) + 3 * 8 + 12 + 8 + 8 + 8 + 16 + 32;
    private static final int HEADER = BodyAttribute.HEADER_LENGTH;

    private ExpectBody() {
    }

    /**
     * Appends the attributes of an expectation. A name too long for a receiver is left out, since conntrackd refuses
     * the whole message for it.
     *
     * @param out         grows by up to {@link #MAX_LENGTH} bytes, always a multiple of 4
     * @param withTimeout whether to send the timeout; not where CommitTimeout is set
     */
    public static void encode(Expectation expectation, ByteBuf out, boolean withTimeout) {
        boolean ports = carriesPorts(expectation.master().protocol());
        encodeIdentity(expectation, out, ports);
        if (withTimeout && expectation.has(ExpectationField.TIMEOUT)) {
            BodyWriter.u32(out, ExpectAttribute.TIMEOUT, expectation.timeout());
        }
        BodyWriter.u32(out, ExpectAttribute.FLAGS, expectation.flags());
        if (expectation.has(ExpectationField.CLASS)) {
            BodyWriter.u32(out, ExpectAttribute.CLASS, expectation.policyClass());
        }
        if (expectation.has(ExpectationField.NAT)) {
            translation(expectation, out, ports);
        }
        if (expectation.has(ExpectationField.HELPER)) {
            BodyWriter.name(out, ExpectAttribute.HELPER_NAME, expectation.helper());
        }
        if (expectation.has(ExpectationField.FUNCTION)) {
            BodyWriter.name(out, ExpectAttribute.FUNCTION, expectation.function());
        }
    }

    /** conntrackd looks at the master's protocol, whatever the expected one is. */
    private static boolean carriesPorts(int protocol) {
        return IpProtocol.hasPorts(protocol) && protocol != IpProtocol.UDPLITE;
    }

    private static void encodeIdentity(Expectation expectation, ByteBuf out, boolean ports) {
        BodyWriter.addresses(out, expectation.master(), ExpectAttribute.MASTER_IPV4, ExpectAttribute.MASTER_IPV6);
        layer4(out, expectation.master(), ExpectAttribute.MASTER_L4PROTO, ports);
        BodyWriter.addresses(out, expectation.expected(), ExpectAttribute.EXPECT_IPV4, ExpectAttribute.EXPECT_IPV6);
        layer4(out, expectation.expected(), ExpectAttribute.EXPECT_L4PROTO, ports);
        BodyWriter.addresses(out, expectation.mask(), ExpectAttribute.MASK_IPV4, ExpectAttribute.MASK_IPV6);
        layer4(out, expectation.mask(), ExpectAttribute.MASK_L4PROTO, ports);
    }

    /** The protocol, and the ports, whose number follows. */
    private static void layer4(ByteBuf out, Tuple tuple, ExpectAttribute protocol, boolean ports) {
        BodyWriter.u8(out, protocol, tuple.protocol());
        if (ports) {
            BodyWriter.ports(out, ExpectAttribute.at(protocol.number() + 1), tuple);
        }
    }

    private static void translation(Expectation expectation, ByteBuf out, boolean ports) {
        Tuple nat = expectation.nat();
        if (nat.family() == Tuple.IPV4) {
            BodyWriter.addresses(out, nat, ExpectAttribute.NAT_IPV4, ExpectAttribute.NAT_IPV4);
        }
        BodyWriter.u8(out, ExpectAttribute.NAT_L4PROTO, nat.protocol());
        if (ports) {
            BodyWriter.ports(out, ExpectAttribute.NAT_PORT, nat);
        }
        if (expectation.has(ExpectationField.NAT_DIRECTION)) {
            BodyWriter.u32(out, ExpectAttribute.NAT_DIR, expectation.natDirection());
        }
    }

    /**
     * Decodes a body. Attributes may come in any order; of repeated ones the last counts. Unless the result is
     * {@link BodyResult#OK} the expectation is left as it was. Where the translation's addresses did not travel they
     * are not set.
     *
     * @param in   all its readable bytes are the body; its indices are as before afterwards
     * @param into cleared first
     */
    public static BodyResult decode(ByteBuf in, Expectation into) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        BodyResult checked = BodyCheck.EXPECTATION.check(in, start, end);
        if (checked == BodyResult.OK) {
            into.clear();
            for (int at = start; end - at > HEADER; at = BodyCheck.next(in, at)) {
                take(in, ExpectAttribute.at(BodyCheck.number(in, at)), at + HEADER,
                    in.getUnsignedShort(at) - HEADER, into);
            }
            completeMask(into);
        }
        return checked;
    }

    /** conntrackd makes a mask of an expectation that came without. */
    private static void completeMask(Expectation into) {
        if (!into.mask().isSet() && into.family() == Tuple.IPV4) {
            into.mask().setIpv4(0, 0);
        } else if (!into.mask().isSet()) {
            into.mask().setIpv6Source(0, 0);
        }
    }

    private static void take(ByteBuf in, ExpectAttribute attribute, int value, int payload, Expectation into) {
        switch (attribute) {
            case MASTER_IPV4, MASTER_IPV6, MASTER_L4PROTO, MASTER_PORT ->
                tuple(in, attribute.number(), value, into.master());
            case EXPECT_IPV4, EXPECT_IPV6, EXPECT_L4PROTO, EXPECT_PORT ->
                tuple(in, attribute.number() - ExpectAttribute.EXPECT_IPV4.number(), value, into.expected());
            case MASK_IPV4, MASK_IPV6, MASK_L4PROTO, MASK_PORT ->
                tuple(in, attribute.number() - ExpectAttribute.MASK_IPV4.number(), value, into.mask());
            case TIMEOUT -> into.setTimeout(in.getInt(value));
            case FLAGS -> into.setFlags(in.getInt(value));
            case CLASS -> into.setPolicyClass(in.getInt(value));
            case NAT_IPV4 -> nat(in, ExpectAttribute.MASTER_IPV4, value, into);
            case NAT_L4PROTO -> nat(in, ExpectAttribute.MASTER_L4PROTO, value, into);
            case NAT_PORT -> nat(in, ExpectAttribute.MASTER_PORT, value, into);
            case NAT_DIR -> into.setNatDirection(in.getInt(value));
            case HELPER_NAME -> name(in, value, payload, into, into.helper(), ExpectationField.HELPER);
            case FUNCTION -> name(in, value, payload, into, into.function(), ExpectationField.FUNCTION);
        }
    }

    private static void nat(ByteBuf in, ExpectAttribute part, int value, Expectation into) {
        tuple(in, part.number(), value, into.nat());
        into.mark(ExpectationField.NAT);
    }

    /** A part of a tuple, by its place in a group of four. */
    private static void tuple(ByteBuf in, int part, int value, Tuple into) {
        switch (ExpectAttribute.at(part)) {
            case MASTER_IPV4 -> into.setIpv4(in.getInt(value), in.getInt(value + 4));
            case MASTER_IPV6 -> BodyDecoder.ipv6(in, value, into);
            case MASTER_L4PROTO -> into.setProtocol(in.getUnsignedByte(value));
            default -> into.setPorts(in.getUnsignedShort(value), in.getUnsignedShort(value + 2));
        }
    }

    private static void name(ByteBuf in, int value, int payload, Expectation into, KernelName name,
                             ExpectationField field) {
        name.read(in, value, payload);
        if (name.length() > 0) {
            into.mark(field);
        } else {
            into.forget(field);
        }
    }
}
