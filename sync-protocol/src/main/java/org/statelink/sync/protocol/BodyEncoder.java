/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
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
        + 8 + BodyAttribute.HEADER_LENGTH;

    private BodyEncoder() {
    }

    static void encode(Conntrack flow, ByteBuf out, boolean withTimeout, boolean withWindowScale) {
        Tuple original = flow.original();
        BodyWriter.addresses(out, original, ConntrackAttribute.IPV4, ConntrackAttribute.IPV6);
        BodyWriter.u32(out, ConntrackAttribute.STATUS, flow.status());
        BodyWriter.u8(out, ConntrackAttribute.L4PROTO, original.protocol());
        protocol(out, flow, withWindowScale);
        if (withTimeout && flow.has(Field.TIMEOUT)) {
            BodyWriter.u32(out, ConntrackAttribute.TIMEOUT, flow.timeout());
        }
        if (flow.has(Field.MARK)) {
            BodyWriter.u32(out, ConntrackAttribute.MARK, flow.mark());
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
            BodyWriter.ports(out, ConntrackAttribute.PORT, original);
        }
        if (flow.has(Field.PROTOCOL_STATE)) {
            state(out, flow, withWindowScale);
        }
    }

    private static void icmp(ByteBuf out, Tuple original) {
        BodyWriter.u8(out, ConntrackAttribute.ICMP_TYPE, original.icmpType());
        BodyWriter.u8(out, ConntrackAttribute.ICMP_CODE, original.icmpCode());
        BodyWriter.swapped(out, ConntrackAttribute.ICMP_ID, original.icmpId());
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
                BodyWriter.u8(out, ConntrackAttribute.TCP_STATE, info.state());
                if (withWindowScale && flow.has(Field.TCP_WINDOW_SCALE)) {
                    BodyWriter.u8(out, ConntrackAttribute.TCP_WSCALE_ORIG, info.windowScaleOriginal());
                    BodyWriter.u8(out, ConntrackAttribute.TCP_WSCALE_REPL, info.windowScaleReply());
                }
            }
            case IpProtocol.SCTP -> {
                BodyWriter.u8(out, ConntrackAttribute.SCTP_STATE, info.state());
                if (flow.has(Field.SCTP_VTAG)) {
                    BodyWriter.u32(out, ConntrackAttribute.SCTP_VTAG_ORIG, info.vtagOriginal());
                    BodyWriter.u32(out, ConntrackAttribute.SCTP_VTAG_REPL, info.vtagReply());
                }
            }
            case IpProtocol.DCCP -> {
                BodyWriter.u8(out, ConntrackAttribute.DCCP_STATE, info.state());
                if (flow.has(Field.DCCP_ROLE)) {
                    BodyWriter.u8(out, ConntrackAttribute.DCCP_ROLE, info.role());
                }
            }
            default -> { }
        }
    }

    private static void master(ByteBuf out, Tuple master) {
        BodyWriter.addresses(out, master, ConntrackAttribute.MASTER_IPV4, ConntrackAttribute.MASTER_IPV6);
        BodyWriter.u8(out, ConntrackAttribute.MASTER_L4PROTO, master.protocol());
        if (sendsPorts(master)) {
            BodyWriter.ports(out, ConntrackAttribute.MASTER_PORT, master);
        }
    }

    private static void translation(ByteBuf out, Conntrack flow) {
        Nat nat = flow.nat();
        boolean ipv4 = flow.original().family() == Tuple.IPV4;
        if (flow.has(Field.SNAT_ADDRESS)) {
            BodyWriter.address(out, ipv4 ? ConntrackAttribute.SNAT_IPV4 : ConntrackAttribute.SNAT_IPV6,
                nat.sourceHigh(), nat.sourceLow());
        }
        if (flow.has(Field.DNAT_ADDRESS)) {
            BodyWriter.address(out, ipv4 ? ConntrackAttribute.DNAT_IPV4 : ConntrackAttribute.DNAT_IPV6,
                nat.destinationHigh(), nat.destinationLow());
        }
        if (flow.has(Field.SNAT_PORT)) {
            BodyWriter.swapped(out, ConntrackAttribute.SPAT_PORT, nat.sourcePort());
        }
        if (flow.has(Field.DNAT_PORT)) {
            BodyWriter.swapped(out, ConntrackAttribute.DPAT_PORT, nat.destinationPort());
        }
    }

    private static void rest(ByteBuf out, Conntrack flow) {
        if (flow.has(Field.SEQUENCE_ADJUSTMENT)) {
            BodyWriter.head(out, ConntrackAttribute.NAT_SEQ_ADJ, 24);
            adjustment(out, flow.adjustOriginal());
            adjustment(out, flow.adjustReply());
        }
        if (flow.has(Field.HELPER)) {
            BodyWriter.name(out, ConntrackAttribute.HELPER_NAME, flow.helper());
        }
        if (flow.has(Field.LABELS) && !flow.labels().isEmpty()) {
            labels(out, flow.labels());
        }
        if (flow.has(Field.SYNPROXY)) {
            synproxy(out, flow.synproxy());
        }
        if (flow.has(Field.ZONE)) {
            BodyWriter.head(out, ConntrackAttribute.ZONE, 2);
            out.writeInt(flow.zone() << 16);
        }
        zonesOfDirections(out, flow);
    }

    /** Behind all attributes, in the place of an empty one, which conntrackd does not look at. */
    private static void zonesOfDirections(ByteBuf out, Conntrack flow) {
        int zones = flow.original().zone() << 16 | flow.reply().zone() & 0xffff;
        if (zones != 0) {
            out.writeInt(zones);
        }
    }

    private static void adjustment(ByteBuf out, SequenceAdjustment adjustment) {
        out.writeInt(adjustment.correctionPosition());
        out.writeInt(adjustment.offsetBefore());
        out.writeInt(adjustment.offsetAfter());
    }

    private static void labels(ByteBuf out, Labels labels) {
        BodyWriter.head(out, ConntrackAttribute.LABELS, labels.length() * Integer.BYTES);
        for (int i = 0; i < labels.length(); i++) {
            out.writeInt(labels.word(i));
        }
    }

    private static void synproxy(ByteBuf out, Synproxy synproxy) {
        BodyWriter.head(out, ConntrackAttribute.SYNPROXY, 12);
        out.writeInt(synproxy.its());
        out.writeInt(synproxy.isn());
        out.writeInt(synproxy.tsoff());
    }
}
