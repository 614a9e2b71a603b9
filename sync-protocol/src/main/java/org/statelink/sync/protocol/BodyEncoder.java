/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.KernelName;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Labels;
import org.statelink.conntrack.Nat;
import org.statelink.conntrack.ProtocolInfo;
import org.statelink.conntrack.SequenceAdjustment;
import org.statelink.conntrack.Synproxy;
import org.statelink.conntrack.Tuple;

/** Writes {@link ConntrackBody}s, in conntrackd's order. */
final class BodyEncoder {
    /** Every attribute at its longest, of the longest family and protocol. */
    static final int MAX_LENGTH = 36 + 8 + 8 + 8 + 3 * 8 + 8 + 8 + 36 + 8 + 8 + 20 + 20 + 8 + 8 + 28 + 16 + 1028 + 16
        + 8;

    private static final int HEADER = ConntrackAttribute.HEADER_LENGTH;

    private BodyEncoder() {
    }

    static void encode(Conntrack flow, ByteBuf out, boolean withTimeout, boolean withWindowScale) {
        Tuple original = flow.original();
        addresses(out, original, ConntrackAttribute.IPV4, ConntrackAttribute.IPV6);
        u32(out, ConntrackAttribute.STATUS, flow.status());
        u8(out, ConntrackAttribute.L4PROTO, original.protocol());
        protocol(out, flow, withWindowScale);
        if (withTimeout && flow.has(Field.TIMEOUT)) {
            u32(out, ConntrackAttribute.TIMEOUT, flow.timeout());
        }
        if (flow.has(Field.MARK)) {
            u32(out, ConntrackAttribute.MARK, flow.mark());
        }
        if (flow.master().isSet()) {
            master(out, flow.master());
        }
        translation(out, flow);
        rest(out, flow);
    }

    private static void protocol(ByteBuf out, Conntrack flow, boolean withWindowScale) {
        Tuple original = flow.original();
        if (IpProtocol.isIcmp(original.protocol())) {
            icmp(out, original);
            return;
        }
        if (sendsPorts(original)) {
            ports(out, ConntrackAttribute.PORT, original);
        }
        if (flow.has(Field.PROTOCOL_STATE)) {
            state(out, flow, withWindowScale);
        }
    }

    private static void icmp(ByteBuf out, Tuple original) {
        u8(out, ConntrackAttribute.ICMP_TYPE, original.icmpType());
        u8(out, ConntrackAttribute.ICMP_CODE, original.icmpCode());
        swapped(out, ConntrackAttribute.ICMP_ID, original.icmpId());
    }

    /** What conntrackd does not send is sent only if there is something to tell, so that its own bytes come out. */
    private static boolean sendsPorts(Tuple tuple) {
        return switch (tuple.protocol()) {
            case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP, IpProtocol.DCCP -> true;
            case IpProtocol.UDPLITE, IpProtocol.GRE -> (tuple.sourcePort() | tuple.destinationPort()) != 0;
            default -> false;
        };
    }

    private static void state(ByteBuf out, Conntrack flow, boolean withWindowScale) {
        ProtocolInfo info = flow.protocol();
        switch (flow.original().protocol()) {
            case IpProtocol.TCP -> {
                u8(out, ConntrackAttribute.TCP_STATE, info.state());
                if (withWindowScale && flow.has(Field.TCP_WINDOW_SCALE)) {
                    u8(out, ConntrackAttribute.TCP_WSCALE_ORIG, info.windowScaleOriginal());
                    u8(out, ConntrackAttribute.TCP_WSCALE_REPL, info.windowScaleReply());
                }
            }
            case IpProtocol.SCTP -> {
                u8(out, ConntrackAttribute.SCTP_STATE, info.state());
                if (flow.has(Field.SCTP_VTAG)) {
                    u32(out, ConntrackAttribute.SCTP_VTAG_ORIG, info.vtagOriginal());
                    u32(out, ConntrackAttribute.SCTP_VTAG_REPL, info.vtagReply());
                }
            }
            case IpProtocol.DCCP -> {
                u8(out, ConntrackAttribute.DCCP_STATE, info.state());
                if (flow.has(Field.DCCP_ROLE)) {
                    u8(out, ConntrackAttribute.DCCP_ROLE, info.role());
                }
            }
            default -> { }
        }
    }

    private static void master(ByteBuf out, Tuple master) {
        addresses(out, master, ConntrackAttribute.MASTER_IPV4, ConntrackAttribute.MASTER_IPV6);
        u8(out, ConntrackAttribute.MASTER_L4PROTO, master.protocol());
        if (sendsPorts(master)) {
            ports(out, ConntrackAttribute.MASTER_PORT, master);
        }
    }

    private static void translation(ByteBuf out, Conntrack flow) {
        Nat nat = flow.nat();
        boolean ipv4 = flow.original().family() == Tuple.IPV4;
        if (flow.has(Field.SNAT_ADDRESS)) {
            address(out, ipv4 ? ConntrackAttribute.SNAT_IPV4 : ConntrackAttribute.SNAT_IPV6,
                nat.sourceHigh(), nat.sourceLow());
        }
        if (flow.has(Field.DNAT_ADDRESS)) {
            address(out, ipv4 ? ConntrackAttribute.DNAT_IPV4 : ConntrackAttribute.DNAT_IPV6,
                nat.destinationHigh(), nat.destinationLow());
        }
        if (flow.has(Field.SNAT_PORT)) {
            swapped(out, ConntrackAttribute.SPAT_PORT, nat.sourcePort());
        }
        if (flow.has(Field.DNAT_PORT)) {
            swapped(out, ConntrackAttribute.DPAT_PORT, nat.destinationPort());
        }
    }

    private static void rest(ByteBuf out, Conntrack flow) {
        if (flow.has(Field.SEQUENCE_ADJUSTMENT)) {
            head(out, ConntrackAttribute.NAT_SEQ_ADJ, 24);
            adjustment(out, flow.adjustOriginal());
            adjustment(out, flow.adjustReply());
        }
        if (flow.has(Field.HELPER) && flow.helper().length() < ConntrackAttribute.HELPER_NAME.payloadLength()) {
            helper(out, flow.helper());
        }
        if (flow.has(Field.LABELS) && !flow.labels().isEmpty()) {
            labels(out, flow.labels());
        }
        if (flow.has(Field.SYNPROXY)) {
            synproxy(out, flow.synproxy());
        }
        if (flow.has(Field.ZONE)) {
            head(out, ConntrackAttribute.ZONE, 2);
            out.writeInt(flow.zone() << 16);
        }
    }

    private static void adjustment(ByteBuf out, SequenceAdjustment adjustment) {
        out.writeInt(adjustment.correctionPosition());
        out.writeInt(adjustment.offsetBefore());
        out.writeInt(adjustment.offsetAfter());
    }

    private static void helper(ByteBuf out, KernelName name) {
        int payload = name.length() + 1;
        head(out, ConntrackAttribute.HELPER_NAME, payload);
        name.write(out);
        out.writeZero(1 + padding(payload));
    }

    private static void labels(ByteBuf out, Labels labels) {
        head(out, ConntrackAttribute.LABELS, labels.length() * Integer.BYTES);
        for (int i = 0; i < labels.length(); i++) {
            out.writeInt(labels.word(i));
        }
    }

    private static void synproxy(ByteBuf out, Synproxy synproxy) {
        head(out, ConntrackAttribute.SYNPROXY, 12);
        out.writeInt(synproxy.its());
        out.writeInt(synproxy.isn());
        out.writeInt(synproxy.tsoff());
    }

    private static void addresses(ByteBuf out, Tuple tuple, ConntrackAttribute ipv4, ConntrackAttribute ipv6) {
        if (tuple.family() == Tuple.IPV4) {
            head(out, ipv4, 8);
            out.writeLong(tuple.sourceLow() << 32 | tuple.destinationLow());
        } else {
            head(out, ipv6, 32);
            out.writeLong(tuple.sourceHigh());
            out.writeLong(tuple.sourceLow());
            out.writeLong(tuple.destinationHigh());
            out.writeLong(tuple.destinationLow());
        }
    }

    private static void address(ByteBuf out, ConntrackAttribute attribute, long high, long low) {
        if (attribute.payloadLength() == Integer.BYTES) {
            u32(out, attribute, (int) low);
        } else {
            head(out, attribute, 16);
            out.writeLong(high);
            out.writeLong(low);
        }
    }

    private static void ports(ByteBuf out, ConntrackAttribute attribute, Tuple tuple) {
        u32(out, attribute, tuple.sourcePort() << 16 | tuple.destinationPort() & 0xffff);
    }

    private static void u8(ByteBuf out, ConntrackAttribute attribute, int value) {
        out.writeLong(header(attribute, 1) << 32 | (value & 0xffL) << 24);
    }

    /** conntrackd swaps the bytes of what is in network order already; little-endian machines agree on that. */
    private static void swapped(ByteBuf out, ConntrackAttribute attribute, int value) {
        out.writeLong(header(attribute, 2) << 32 | (value & 0xffL) << 24 | (value & 0xff00L) << 8);
    }

    private static void u32(ByteBuf out, ConntrackAttribute attribute, int value) {
        out.writeLong(header(attribute, 4) << 32 | value & 0xffffffffL);
    }

    private static void head(ByteBuf out, ConntrackAttribute attribute, int payload) {
        out.writeInt((int) header(attribute, payload));
    }

    private static long header(ConntrackAttribute attribute, int payload) {
        return (long) (HEADER + payload) << 16 | attribute.number();
    }

    private static int padding(int payload) {
        return -payload & 3;
    }
}
