/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.conntrack.netlink.ConntrackMessageType;
import org.statelink.conntrack.netlink.ExpectationMessageType;
import org.statelink.conntrack.netlink.ExpectationWriter;
import org.statelink.conntrack.netlink.FlowAttribute;
import org.statelink.conntrack.netlink.FlowWriter;
import org.statelink.conntrack.netlink.ProtocolInfoCodec;
import org.statelink.conntrack.netlink.TupleCodec;
import org.statelink.netlink.codec.AttributeWriter;
import org.statelink.netlink.codec.NetlinkFlags;
import org.statelink.netlink.codec.NetlinkMessage;
import org.statelink.netlink.codec.NetlinkMessageWriter;

/** Writes what the kernel says: events, answers, acknowledgements; attributes in the kernel's order. */
final class KernelMessages {
    private static final int PROTOINFO_TCP = 1;
    private static final int TCP_STATE = 1;
    private static final int EXT_ACK_TEXT = 1;

    private KernelMessages() {
    }

    static void event(ByteBuf out, ConntrackEventType type, int portId, Conntrack flow) {
        boolean destroy = type == ConntrackEventType.DESTROY;
        int flags = type == ConntrackEventType.NEW ? NetlinkFlags.CREATE | NetlinkFlags.EXCL : 0;
        int message = NetlinkMessageWriter.begin(out,
            destroy ? ConntrackMessageType.DELETE : ConntrackMessageType.NEW, flags, 0, portId);
        NetlinkMessageWriter.netfilterHeader(out, flow.original().family(), 0);
        tuples(out, flow);
        FlowWriter.id(out, flow);
        FlowWriter.status(out, flow.status());
        timeout(out, flow);
        if (destroy) {
            FlowWriter.counters(out, flow);
            FlowWriter.timestamps(out, flow);
            tcpState(out, flow);
        } else {
            details(out, flow);
            FlowWriter.synproxy(out, flow);
            if (portId != 0 || flow.mark() != 0) {
                FlowWriter.mark(out, flow);
            }
        }
        NetlinkMessageWriter.end(out, message);
    }

    private static void tuples(ByteBuf out, Conntrack flow) {
        TupleCodec.write(out, FlowAttribute.TUPLE_ORIGINAL, flow.original());
        TupleCodec.write(out, FlowAttribute.TUPLE_REPLY, flow.reply());
        FlowWriter.zone(out, flow);
    }

    /** What was handed to a flow table is kept up to date there, and not told here. */
    private static boolean isOffloaded(Conntrack flow) {
        return (flow.status() & Status.OFFLOAD) != 0;
    }

    private static void timeout(ByteBuf out, Conntrack flow) {
        if (!isOffloaded(flow)) {
            FlowWriter.timeout(out, flow);
        }
    }

    private static void details(ByteBuf out, Conntrack flow) {
        if (!isOffloaded(flow)) {
            ProtocolInfoCodec.write(out, flow);
        }
        FlowWriter.helper(out, flow);
        FlowWriter.labels(out, flow);
        FlowWriter.master(out, flow);
    }

    private static void tcpState(ByteBuf out, Conntrack flow) {
        if (flow.original().protocol() == IpProtocol.TCP && flow.has(Field.PROTOCOL_STATE)) {
            int outer = AttributeWriter.begin(out, FlowAttribute.PROTOINFO);
            int nest = AttributeWriter.begin(out, PROTOINFO_TCP);
            AttributeWriter.putByte(out, TCP_STATE, flow.protocol().state());
            AttributeWriter.end(out, nest);
            AttributeWriter.end(out, outer);
        }
    }

    static void flow(ByteBuf out, int flags, int sequence, int portId, Conntrack flow) {
        int message = NetlinkMessageWriter.begin(out, ConntrackMessageType.NEW, flags, sequence, portId);
        NetlinkMessageWriter.netfilterHeader(out, flow.original().family(), 0);
        tuples(out, flow);
        FlowWriter.status(out, flow.status());
        FlowWriter.mark(out, flow);
        FlowWriter.id(out, flow);
        FlowWriter.use(out, flow);
        timeout(out, flow);
        details(out, flow);
        FlowWriter.counters(out, flow);
        FlowWriter.timestamps(out, flow);
        FlowWriter.sequenceAdjustments(out, flow);
        FlowWriter.synproxy(out, flow);
        NetlinkMessageWriter.end(out, message);
    }

    static void event(ByteBuf out, ConntrackEventType type, int portId, Expectation expectation) {
        boolean destroy = type == ConntrackEventType.DESTROY;
        expectation(out, destroy ? ExpectationMessageType.DELETE : ExpectationMessageType.NEW,
            destroy ? 0 : NetlinkFlags.CREATE | NetlinkFlags.EXCL, 0, portId, expectation);
    }

    static void expectation(ByteBuf out, int flags, int sequence, int portId, Expectation expectation) {
        expectation(out, ExpectationMessageType.NEW, flags, sequence, portId, expectation);
    }

    private static void expectation(ByteBuf out, int type, int flags, int sequence, int portId,
                                    Expectation expectation) {
        int message = NetlinkMessageWriter.begin(out, type, flags, sequence, portId);
        NetlinkMessageWriter.netfilterHeader(out, expectation.family(), 0);
        ExpectationWriter.tuples(out, expectation);
        ExpectationWriter.nat(out, expectation);
        ExpectationWriter.timeout(out, expectation);
        ExpectationWriter.id(out, expectation);
        ExpectationWriter.policy(out, expectation);
        ExpectationWriter.names(out, expectation);
        NetlinkMessageWriter.end(out, message);
    }

    static void done(ByteBuf out, int flags, int sequence, int portId) {
        int message = NetlinkMessageWriter.begin(out, NetlinkMessage.DONE, NetlinkFlags.MULTI | flags, sequence,
            portId);
        out.writeIntLE(0);
        NetlinkMessageWriter.end(out, message);
    }

    /** Answers a request with an errno, or with 0. */
    static void answer(ByteBuf out, NetlinkMessage request, int portId, int errno, String text, boolean capped) {
        boolean quoteAll = errno != 0 && !capped;
        int flags = (quoteAll ? 0 : NetlinkFlags.CAPPED) | (text.isEmpty() ? 0 : NetlinkFlags.ACK_TLVS);
        int message = NetlinkMessageWriter.begin(out, NetlinkMessage.ERROR, flags, request.sequence(), portId);
        out.writeIntLE(-errno);
        int quoted = NetlinkMessage.HEADER_LENGTH + (quoteAll ? request.payloadLength() : 0);
        out.writeBytes(request.buffer(), request.payloadIndex() - NetlinkMessage.HEADER_LENGTH, quoted);
        AttributeWriter.pad(out, quoted);
        if (!text.isEmpty()) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            AttributeWriter.header(out, EXT_ACK_TEXT, bytes.length + 1);
            out.writeBytes(bytes).writeByte(0);
            AttributeWriter.pad(out, bytes.length + 1);
        }
        NetlinkMessageWriter.end(out, message);
    }

    static void statistics(ByteBuf out, NetlinkMessage request, int portId, int entries, int limit) {
        int message = NetlinkMessageWriter.begin(out, request.type(), 0, request.sequence(), portId);
        NetlinkMessageWriter.netfilterHeader(out, 0, 0);
        AttributeWriter.putInt(out, 1, entries);
        AttributeWriter.putInt(out, 2, limit);
        NetlinkMessageWriter.end(out, message);
    }
}
