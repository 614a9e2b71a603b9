/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Counters;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.Labels;
import org.statelink.conntrack.SequenceAdjustment;
import org.statelink.netlink.codec.AttributeReader;
import org.statelink.netlink.codec.NetlinkMessage;
import org.statelink.netlink.codec.NetlinkMessageWriter;

/**
 * Decodes a conntrack message, be it an event, an answer or a request, into a flow. Allocates nothing, but for a
 * security context that differs from the one before. Not thread safe.
 */
public final class ConntrackDecoder {
    private static final int BOTH = 3;
    private static final int ALL_THREE = 0b1110;

    private final AttributeReader in = new AttributeReader();
    private String lastContext = "";

    /**
     * Decodes a message into a flow, which is cleared first. Attributes that are not known are skipped.
     *
     * @return false when an attribute is malformed; what the flow holds then is of no use
     */
    public boolean decode(NetlinkMessage message, Conntrack into) {
        int start = message.payloadIndex() + NetlinkMessageWriter.NETFILTER_HEADER_LENGTH;
        return decode(message.buffer(), start, message.payloadEnd(), into);
    }

    /** Decodes the attributes in {@code [start, end)} of a buffer; otherwise as the other one. */
    public boolean decode(ByteBuf buffer, int start, int end, Conntrack into) {
        into.clear();
        in.reset(buffer, start, end);
        int adjustments = 0;
        while (in.next()) {
            int type = in.type();
            if (type == FlowAttribute.SEQ_ADJ_ORIGINAL) {
                adjustments |= readAdjustment(into.adjustOriginal()) ? 1 : 0;
            } else if (type == FlowAttribute.SEQ_ADJ_REPLY) {
                adjustments |= readAdjustment(into.adjustReply()) ? 2 : 0;
            } else {
                readAttribute(type, into);
            }
        }
        if (adjustments == BOTH) {
            into.mark(Field.SEQUENCE_ADJUSTMENT);
        }
        return !in.failed();
    }

    private void readAttribute(int type, Conntrack into) {
        switch (type) {
            case FlowAttribute.TUPLE_ORIGINAL -> TupleCodec.read(in, into.original());
            case FlowAttribute.TUPLE_REPLY -> TupleCodec.read(in, into.reply());
            case FlowAttribute.TUPLE_MASTER -> TupleCodec.read(in, into.master());
            case FlowAttribute.STATUS -> into.setStatus(in.readInt());
            case FlowAttribute.TIMEOUT -> into.setTimeout(in.readInt());
            case FlowAttribute.MARK -> into.setMark(in.readInt());
            case FlowAttribute.ZONE -> into.setZone(in.readUnsignedShort());
            case FlowAttribute.ID -> into.setId(in.readInt());
            case FlowAttribute.USE -> into.setUse(in.readInt());
            case FlowAttribute.PROTOINFO -> ProtocolInfoCodec.read(in, into);
            case FlowAttribute.HELP -> readHelper(into);
            case FlowAttribute.NAT_SOURCE -> NatCodec.readSource(in, into);
            case FlowAttribute.NAT_DESTINATION -> NatCodec.readDestination(in, into);
            case FlowAttribute.LABELS -> readLabels(into);
            case FlowAttribute.COUNTERS_ORIGINAL ->
                readCounters(into, into.countersOriginal(), Field.COUNTERS_ORIGINAL);
            case FlowAttribute.COUNTERS_REPLY -> readCounters(into, into.countersReply(), Field.COUNTERS_REPLY);
            case FlowAttribute.TIMESTAMP -> readTimestamps(into);
            case FlowAttribute.SYNPROXY -> readSynproxy(into);
            case FlowAttribute.SECURITY_CONTEXT -> readSecurityContext(into);
            default -> {
            }
        }
    }

    private void readHelper(Conntrack into) {
        int outer = in.enter();
        while (in.next()) {
            if (in.type() == FlowAttribute.HELP_NAME) {
                into.helper().read(in.buffer(), in.valueIndex(), in.length());
                into.mark(Field.HELPER);
            }
        }
        in.leave(outer);
    }

    private void readLabels(Conntrack into) {
        int words = in.length() >>> 2;
        if ((in.length() & 3) != 0 || words > Labels.MAX_WORDS) {
            in.fail();
            return;
        }
        into.labels().clear(words);
        for (int i = 0; i < words; i++) {
            into.labels().setWord(i, in.buffer().getIntLE(in.valueIndex() + 4 * i));
        }
        into.mark(Field.LABELS);
    }

    private void readCounters(Conntrack into, Counters counters, Field field) {
        long packets = 0;
        long bytes = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.type()) {
                case FlowAttribute.COUNTERS_PACKETS -> packets = in.readLong();
                case FlowAttribute.COUNTERS_BYTES -> bytes = in.readLong();
                default -> {
                }
            }
        }
        in.leave(outer);
        counters.set(packets, bytes);
        into.mark(field);
    }

    private boolean readAdjustment(SequenceAdjustment into) {
        int seen = 0;
        int position = 0;
        int before = 0;
        int after = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.type()) {
                case FlowAttribute.SEQ_ADJ_CORRECTION_POSITION -> position = in.readInt();
                case FlowAttribute.SEQ_ADJ_OFFSET_BEFORE -> before = in.readInt();
                case FlowAttribute.SEQ_ADJ_OFFSET_AFTER -> after = in.readInt();
                default -> {
                }
            }
            seen |= in.type() <= 3 ? 1 << in.type() : 0;
        }
        in.leave(outer);
        into.set(position, before, after);
        return seen == ALL_THREE;
    }

    private void readSynproxy(Conntrack into) {
        int isn = 0;
        int its = 0;
        int tsoff = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.type()) {
                case FlowAttribute.SYNPROXY_ISN -> isn = in.readInt();
                case FlowAttribute.SYNPROXY_ITS -> its = in.readInt();
                case FlowAttribute.SYNPROXY_TSOFF -> tsoff = in.readInt();
                default -> {
                }
            }
        }
        in.leave(outer);
        into.synproxy().set(isn, its, tsoff);
        into.mark(Field.SYNPROXY);
    }

    private void readTimestamps(Conntrack into) {
        int outer = in.enter();
        while (in.next()) {
            switch (in.type()) {
                case FlowAttribute.TIMESTAMP_START -> into.setTimestampStart(in.readLong());
                case FlowAttribute.TIMESTAMP_STOP -> into.setTimestampStop(in.readLong());
                default -> {
                }
            }
        }
        in.leave(outer);
    }

    private void readSecurityContext(Conntrack into) {
        int outer = in.enter();
        while (in.next()) {
            if (in.type() == FlowAttribute.SECURITY_CONTEXT_NAME) {
                into.setSecurityContext(context());
            }
        }
        in.leave(outer);
    }

    /** The current string; the same object again while it does not change, as most flows share one context. */
    private String context() {
        int length = in.length();
        while (length > 0 && in.buffer().getByte(in.valueIndex() + length - 1) == 0) {
            length--;
        }
        if (!isLastContext(length)) {
            lastContext = in.buffer().toString(in.valueIndex(), length, StandardCharsets.ISO_8859_1);
        }
        return lastContext;
    }

    private boolean isLastContext(int length) {
        if (lastContext.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lastContext.charAt(i) != in.buffer().getUnsignedByte(in.valueIndex() + i)) {
                return false;
            }
        }
        return true;
    }
}
