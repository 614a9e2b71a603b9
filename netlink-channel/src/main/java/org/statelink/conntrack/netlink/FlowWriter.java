/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Counters;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.KernelName;
import org.statelink.conntrack.Labels;
import org.statelink.conntrack.SequenceAdjustment;
import org.statelink.netlink.codec.AttributeWriter;

/** Appends single attributes of a flow; each does nothing where the flow does not know the field. */
public final class FlowWriter {
    private FlowWriter() {
    }

    /** {@code CTA_STATUS}, with the value given. */
    public static void status(ByteBuf out, int status) {
        AttributeWriter.putInt(out, FlowAttribute.STATUS, status);
    }

    /** {@code CTA_TIMEOUT}. */
    public static void timeout(ByteBuf out, Conntrack flow) {
        if (flow.has(Field.TIMEOUT)) {
            AttributeWriter.putInt(out, FlowAttribute.TIMEOUT, flow.timeout());
        }
    }

    /** {@code CTA_MARK}. */
    public static void mark(ByteBuf out, Conntrack flow) {
        if (flow.has(Field.MARK)) {
            AttributeWriter.putInt(out, FlowAttribute.MARK, flow.mark());
        }
    }

    /** {@code CTA_ZONE}. */
    public static void zone(ByteBuf out, Conntrack flow) {
        if (flow.has(Field.ZONE)) {
            AttributeWriter.putShort(out, FlowAttribute.ZONE, flow.zone());
        }
    }

    /** {@code CTA_ID}. */
    public static void id(ByteBuf out, Conntrack flow) {
        if (flow.has(Field.ID)) {
            AttributeWriter.putInt(out, FlowAttribute.ID, flow.id());
        }
    }

    /** {@code CTA_USE}. */
    public static void use(ByteBuf out, Conntrack flow) {
        if (flow.has(Field.USE)) {
            AttributeWriter.putInt(out, FlowAttribute.USE, flow.use());
        }
    }

    /** {@code CTA_TUPLE_MASTER}. */
    public static void master(ByteBuf out, Conntrack flow) {
        if (flow.master().isSet()) {
            TupleCodec.write(out, FlowAttribute.TUPLE_MASTER, flow.master());
        }
    }

    /** {@code CTA_HELP} with the name only. */
    public static void helper(ByteBuf out, Conntrack flow) {
        if (!flow.has(Field.HELPER)) {
            return;
        }
        int nest = AttributeWriter.begin(out, FlowAttribute.HELP);
        name(out, FlowAttribute.HELP_NAME, flow.helper());
        AttributeWriter.end(out, nest);
    }

    /** Appends a name as the attribute of the given number. */
    static void name(ByteBuf out, int type, KernelName name) {
        AttributeWriter.header(out, type, name.length() + 1);
        name.write(out);
        out.writeByte(0);
        AttributeWriter.pad(out, name.length() + 1);
    }

    /** {@code CTA_LABELS}. */
    public static void labels(ByteBuf out, Conntrack flow) {
        if (!flow.has(Field.LABELS)) {
            return;
        }
        Labels labels = flow.labels();
        AttributeWriter.header(out, FlowAttribute.LABELS, 4 * labels.length());
        for (int i = 0; i < labels.length(); i++) {
            out.writeIntLE(labels.word(i));
        }
    }

    /** {@code CTA_SEQ_ADJ_ORIG} and {@code CTA_SEQ_ADJ_REPLY}. */
    public static void sequenceAdjustments(ByteBuf out, Conntrack flow) {
        if (flow.has(Field.SEQUENCE_ADJUSTMENT)) {
            adjustment(out, FlowAttribute.SEQ_ADJ_ORIGINAL, flow.adjustOriginal());
            adjustment(out, FlowAttribute.SEQ_ADJ_REPLY, flow.adjustReply());
        }
    }

    private static void adjustment(ByteBuf out, int type, SequenceAdjustment adjustment) {
        int nest = AttributeWriter.begin(out, type);
        AttributeWriter.putInt(out, FlowAttribute.SEQ_ADJ_CORRECTION_POSITION, adjustment.correctionPosition());
        AttributeWriter.putInt(out, FlowAttribute.SEQ_ADJ_OFFSET_BEFORE, adjustment.offsetBefore());
        AttributeWriter.putInt(out, FlowAttribute.SEQ_ADJ_OFFSET_AFTER, adjustment.offsetAfter());
        AttributeWriter.end(out, nest);
    }

    /** {@code CTA_SYNPROXY}. */
    public static void synproxy(ByteBuf out, Conntrack flow) {
        if (!flow.has(Field.SYNPROXY)) {
            return;
        }
        int nest = AttributeWriter.begin(out, FlowAttribute.SYNPROXY);
        AttributeWriter.putInt(out, FlowAttribute.SYNPROXY_ISN, flow.synproxy().isn());
        AttributeWriter.putInt(out, FlowAttribute.SYNPROXY_ITS, flow.synproxy().its());
        AttributeWriter.putInt(out, FlowAttribute.SYNPROXY_TSOFF, flow.synproxy().tsoff());
        AttributeWriter.end(out, nest);
    }

    /** {@code CTA_COUNTERS_ORIG} and {@code CTA_COUNTERS_REPLY}; requests carry none. */
    public static void counters(ByteBuf out, Conntrack flow) {
        if (flow.has(Field.COUNTERS_ORIGINAL)) {
            counters(out, FlowAttribute.COUNTERS_ORIGINAL, flow.countersOriginal());
        }
        if (flow.has(Field.COUNTERS_REPLY)) {
            counters(out, FlowAttribute.COUNTERS_REPLY, flow.countersReply());
        }
    }

    private static void counters(ByteBuf out, int type, Counters counters) {
        int nest = AttributeWriter.begin(out, type);
        AttributeWriter.putLong(out, FlowAttribute.COUNTERS_PACKETS, counters.packets());
        AttributeWriter.putLong(out, FlowAttribute.COUNTERS_BYTES, counters.bytes());
        AttributeWriter.end(out, nest);
    }

    /** {@code CTA_TIMESTAMP}; requests carry none. */
    public static void timestamps(ByteBuf out, Conntrack flow) {
        if (!flow.has(Field.TIMESTAMP_START)) {
            return;
        }
        int nest = AttributeWriter.begin(out, FlowAttribute.TIMESTAMP);
        AttributeWriter.putLong(out, FlowAttribute.TIMESTAMP_START, flow.timestampStart());
        if (flow.has(Field.TIMESTAMP_STOP)) {
            AttributeWriter.putLong(out, FlowAttribute.TIMESTAMP_STOP, flow.timestampStop());
        }
        AttributeWriter.end(out, nest);
    }
}
