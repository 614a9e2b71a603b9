/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.Tuple;
import org.statelink.netlink.codec.AttributeWriter;
import org.statelink.netlink.codec.NetlinkFlags;
import org.statelink.netlink.codec.NetlinkMessageWriter;

/**
 * Appends conntrack requests to a buffer, one message per call, without {@code NLM_F_ACK}. Allocates nothing. Not
 * thread safe.
 */
public final class ConntrackEncoder {
    /** The kernel answers EBUSY to a create that claims one of them. */
    private static final int NEVER_CREATED = Status.EXPECTED | Status.DYING;
    /** An update cannot change translation. */
    private static final int NEVER_UPDATED = Status.DYING | Status.SRC_NAT | Status.DST_NAT;
    /** With this version of {@code struct nfgenmsg} a flush honours the family. */
    private static final int FLUSH_BY_FAMILY = 1;

    private final Tuple inverse = new Tuple();

    /** Appends a request about one flow or one expectation. */
    public void encode(ConntrackRequest request, ByteBuf out, int sequence, ConntrackEntry entry) {
        switch (entry) {
            case Conntrack flow -> encode(request, out, sequence, flow);
            case Expectation expectation -> ExpectationEncoder.encode(request, out, sequence, expectation);
        }
    }

    private void encode(ConntrackRequest request, ByteBuf out, int sequence, Conntrack flow) {
        switch (request) {
            case CREATE -> create(out, sequence, flow);
            case UPDATE -> update(out, sequence, flow);
            case DELETE -> delete(out, sequence, flow);
        }
    }

    /**
     * Appends a create request, {@code NLM_F_CREATE | NLM_F_EXCL}: translation as NAT attributes from the flow's
     * {@link org.statelink.conntrack.Nat} beside a plain inverse reply tuple, from which the kernel makes the real one.
     * The kernel demands a timeout.
     */
    public void create(ByteBuf out, int sequence, Conntrack flow) {
        int message = begin(out, ConntrackMessageType.NEW, NetlinkFlags.CREATE | NetlinkFlags.EXCL, sequence,
            flow.original().family());
        TupleCodec.write(out, FlowAttribute.TUPLE_ORIGINAL, flow.original());
        inverse.setInverse(flow.original());
        inverse.setZone(flow.reply().zone());
        TupleCodec.write(out, FlowAttribute.TUPLE_REPLY, inverse);
        FlowWriter.zone(out, flow);
        if (flow.has(Field.STATUS)) {
            FlowWriter.status(out, flow.status() & ~NEVER_CREATED | Status.CONFIRMED);
        }
        NatCodec.write(out, flow);
        FlowWriter.helper(out, flow);
        FlowWriter.master(out, flow);
        changeable(out, flow, !flow.labels().isEmpty());
        NetlinkMessageWriter.end(out, message);
    }

    /**
     * Appends an update request: what the kernel lets be changed, hence no translation, helper and master. A status
     * without {@link Status#SEEN_REPLY} or {@link Status#ASSURED} where the kernel's entry has them is {@code EBUSY};
     * so is one whose {@link Status#EXPECTED} is not the entry's.
     */
    public void update(ByteBuf out, int sequence, Conntrack flow) {
        int message = begin(out, ConntrackMessageType.NEW, 0, sequence, flow.original().family());
        TupleCodec.write(out, FlowAttribute.TUPLE_ORIGINAL, flow.original());
        FlowWriter.zone(out, flow);
        if (flow.has(Field.STATUS)) {
            FlowWriter.status(out, flow.status() & ~NEVER_UPDATED | Status.CONFIRMED);
        }
        changeable(out, flow, true);
        NetlinkMessageWriter.end(out, message);
    }

    private static void changeable(ByteBuf out, Conntrack flow, boolean labels) {
        FlowWriter.timeout(out, flow);
        FlowWriter.mark(out, flow);
        ProtocolInfoCodec.write(out, flow);
        // labels that are all zero would fail with ENOSPC where no rule uses labels
        if (labels) {
            FlowWriter.labels(out, flow);
        }
        FlowWriter.sequenceAdjustments(out, flow);
        FlowWriter.synproxy(out, flow);
    }

    /** Appends a delete request by original tuple and zone; the id, if the flow knows one, must match. */
    public void delete(ByteBuf out, int sequence, Conntrack flow) {
        int message = begin(out, ConntrackMessageType.DELETE, 0, sequence, flow.original().family());
        TupleCodec.write(out, FlowAttribute.TUPLE_ORIGINAL, flow.original());
        FlowWriter.zone(out, flow);
        FlowWriter.id(out, flow);
        NetlinkMessageWriter.end(out, message);
    }

    /** Appends a get request by original tuple and zone. */
    public void get(ByteBuf out, int sequence, Conntrack key) {
        int message = begin(out, ConntrackMessageType.GET, 0, sequence, key.original().family());
        TupleCodec.write(out, FlowAttribute.TUPLE_ORIGINAL, key.original());
        FlowWriter.zone(out, key);
        NetlinkMessageWriter.end(out, message);
    }

    /** Appends a request for all flows that the filter lets through. */
    public void dump(ByteBuf out, int sequence, DumpOptions options) {
        int type = options.resetCounters() ? ConntrackMessageType.GET_RESET_COUNTERS : ConntrackMessageType.GET;
        int message = begin(out, type, NetlinkFlags.DUMP, sequence, options.family());
        filter(out, options);
        NetlinkMessageWriter.end(out, message);
    }

    /** Appends a request to delete all flows that the filter lets through; its family counts, too. */
    public void flush(ByteBuf out, int sequence, DumpOptions options) {
        int message = NetlinkMessageWriter.begin(out, ConntrackMessageType.DELETE, NetlinkFlags.REQUEST, sequence, 0);
        NetlinkMessageWriter.netfilterHeader(out, options.family(),
            options.family() == Tuple.UNSPECIFIED ? 0 : FLUSH_BY_FAMILY);
        filter(out, options);
        NetlinkMessageWriter.end(out, message);
    }

    private static void filter(ByteBuf out, DumpOptions options) {
        if (options.markMask() != 0) {
            AttributeWriter.putInt(out, FlowAttribute.MARK, options.mark());
            AttributeWriter.putInt(out, FlowAttribute.MARK_MASK, options.markMask());
        }
        if (options.statusMask() != 0) {
            AttributeWriter.putInt(out, FlowAttribute.STATUS, options.status());
            AttributeWriter.putInt(out, FlowAttribute.STATUS_MASK, options.statusMask());
        }
        if (options.zone() != DumpOptions.ANY_ZONE) {
            AttributeWriter.putShort(out, FlowAttribute.ZONE, options.zone());
        }
    }

    static int begin(ByteBuf out, int type, int flags, int sequence, int family) {
        int message = NetlinkMessageWriter.begin(out, type, NetlinkFlags.REQUEST | flags, sequence, 0);
        NetlinkMessageWriter.netfilterHeader(out, family, 0);
        return message;
    }
}
