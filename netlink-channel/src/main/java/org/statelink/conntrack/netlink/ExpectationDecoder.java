/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.netlink.codec.AttributeReader;
import org.statelink.netlink.codec.NetlinkMessage;
import org.statelink.netlink.codec.NetlinkMessageWriter;

/**
 * Decodes an expectation message, be it an event, an answer or a request. Allocates nothing. Not thread safe.
 */
public final class ExpectationDecoder {
    private final AttributeReader in = new AttributeReader();

    /**
     * Decodes a message into an expectation, which is cleared first. Attributes that are not known are skipped.
     *
     * @return false when an attribute is malformed; what the expectation holds then is of no use
     */
    public boolean decode(NetlinkMessage message, Expectation into) {
        into.clear();
        int start = message.payloadIndex() + NetlinkMessageWriter.NETFILTER_HEADER_LENGTH;
        in.reset(message.buffer(), start, message.payloadEnd());
        while (in.next()) {
            readAttribute(into);
        }
        return !in.failed();
    }

    private void readAttribute(Expectation into) {
        switch (in.type()) {
            case ExpectationAttribute.TUPLE -> TupleCodec.read(in, into.expected());
            case ExpectationAttribute.MASK -> TupleCodec.read(in, into.mask());
            case ExpectationAttribute.MASTER -> TupleCodec.read(in, into.master());
            case ExpectationAttribute.TIMEOUT -> into.setTimeout(in.readInt());
            case ExpectationAttribute.ID -> into.setId(in.readInt());
            case ExpectationAttribute.ZONE -> into.setZone(in.readUnsignedShort());
            case ExpectationAttribute.FLAGS -> into.setFlags(in.readInt());
            case ExpectationAttribute.CLASS -> into.setPolicyClass(in.readInt());
            case ExpectationAttribute.NAT -> readNat(into);
            case ExpectationAttribute.HELPER_NAME -> {
                into.helper().read(in.buffer(), in.valueIndex(), in.length());
                into.mark(ExpectationField.HELPER);
            }
            case ExpectationAttribute.FUNCTION -> {
                into.function().read(in.buffer(), in.valueIndex(), in.length());
                into.mark(ExpectationField.FUNCTION);
            }
            default -> {
            }
        }
    }

    private void readNat(Expectation into) {
        int outer = in.enter();
        while (in.next()) {
            switch (in.type()) {
                case ExpectationAttribute.NAT_DIRECTION -> into.setNatDirection(in.readInt());
                case ExpectationAttribute.NAT_TUPLE -> {
                    TupleCodec.read(in, into.nat());
                    into.mark(ExpectationField.NAT);
                }
                default -> {
                }
            }
        }
        in.leave(outer);
    }
}
