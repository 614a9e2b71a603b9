/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Nat;
import org.statelink.conntrack.SequenceAdjustment;
import org.statelink.conntrack.Tuple;

/**
 * Reads {@link ConntrackBody}s in two passes: the first checks every length and notes which attributes there are, the
 * second takes the values, when the family and the protocol that decide what they mean are known.
 */
final class BodyDecoder {
    private static final int HEADER = ConntrackAttribute.HEADER_LENGTH;

    private BodyDecoder() {
    }

    static BodyResult decode(ByteBuf in, Conntrack into) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        BodyResult checked = BodyCheck.FLOW.check(in, start, end);
        if (checked == BodyResult.OK) {
            into.clear();
            into.protocol().setWindowScales(0, 0);
            into.protocol().setVtags(0, 0);
            identity(in, start, end, into);
            take(in, start, end, into);
            in.readerIndex(start);
        }
        return checked;
    }

    /** Addresses and protocol of the flow and its master. */
    private static void identity(ByteBuf in, int start, int end, Conntrack into) {
        int masterProtocol = 0;
        for (int at = start; end - at > HEADER; at = BodyCheck.next(in, at)) {
            int value = at + HEADER;
            switch (ConntrackAttribute.at(BodyCheck.number(in, at))) {
                case IPV4 -> into.original().setIpv4(in.getInt(value), in.getInt(value + 4));
                case IPV6 -> ipv6(in, value, into.original());
                case L4PROTO -> into.original().setProtocol(in.getUnsignedByte(value));
                case MASTER_IPV4 -> into.master().setIpv4(in.getInt(value), in.getInt(value + 4));
                case MASTER_IPV6 -> ipv6(in, value, into.master());
                case MASTER_L4PROTO -> masterProtocol = in.getUnsignedByte(value);
                default -> { }
            }
        }
        if (into.master().isSet()) {
            into.master().setProtocol(masterProtocol);
        }
    }

    static void ipv6(ByteBuf in, int value, Tuple into) {
        into.setIpv6Source(in.getLong(value), in.getLong(value + 8));
        into.setIpv6Destination(in.getLong(value + 16), in.getLong(value + 24));
    }

    private static void take(ByteBuf in, int start, int end, Conntrack into) {
        boolean ipv4 = into.original().family() == Tuple.IPV4;
        int at = start;
        for (; end - at > HEADER; at = BodyCheck.next(in, at)) {
            int value = at + HEADER;
            ConntrackAttribute attribute = ConntrackAttribute.at(BodyCheck.number(in, at));
            switch (attribute) {
                case STATUS -> into.setStatus(in.getInt(value));
                case TIMEOUT -> into.setTimeout(in.getInt(value));
                case MARK -> into.setMark(in.getInt(value));
                case ZONE -> into.setZone(in.getUnsignedShort(value));
                case PORT -> ports(in, value, into.original());
                case MASTER_PORT -> {
                    if (into.master().isSet()) {
                        ports(in, value, into.master());
                    }
                }
                case SNAT_IPV4, DNAT_IPV4 -> {
                    if (ipv4) {
                        translated(attribute, 0, in.getUnsignedInt(value), into);
                    }
                }
                case SNAT_IPV6, DNAT_IPV6 -> {
                    if (!ipv4) {
                        translated(attribute, in.getLong(value), in.getLong(value + 8), into);
                    }
                }
                case SPAT_PORT, DPAT_PORT -> translatedPort(attribute, in.getUnsignedShortLE(value), into);
                case NAT_SEQ_ADJ -> adjustments(in, value, into);
                case HELPER_NAME -> helper(in, value, in.getUnsignedShort(at) - HEADER, into);
                case LABELS -> labels(in, value, in.getUnsignedShort(at) - HEADER, into);
                case SYNPROXY -> synproxy(in, value, into);
                default -> ProtocolAttributes.take(in, attribute, value, into);
            }
        }
        if (end - at == HEADER) {
            into.original().setZone(in.getUnsignedShort(at));
            into.reply().setZone(in.getUnsignedShort(at + 2));
        }
    }

    private static void ports(ByteBuf in, int value, Tuple into) {
        if (IpProtocol.hasPorts(into.protocol()) || into.protocol() == IpProtocol.GRE) {
            into.setPorts(in.getUnsignedShort(value), in.getUnsignedShort(value + 2));
        }
    }

    private static void translated(ConntrackAttribute attribute, long high, long low, Conntrack into) {
        if (attribute == ConntrackAttribute.SNAT_IPV4 || attribute == ConntrackAttribute.SNAT_IPV6) {
            into.nat().setSource(high, low);
            into.mark(Field.SNAT_ADDRESS);
        } else {
            into.nat().setDestination(high, low);
            into.mark(Field.DNAT_ADDRESS);
        }
    }

    private static void translatedPort(ConntrackAttribute attribute, int port, Conntrack into) {
        Nat nat = into.nat();
        if (attribute == ConntrackAttribute.SPAT_PORT) {
            nat.setSourcePort(port);
            into.mark(Field.SNAT_PORT);
        } else {
            nat.setDestinationPort(port);
            into.mark(Field.DNAT_PORT);
        }
    }

    private static void adjustments(ByteBuf in, int value, Conntrack into) {
        adjustment(in, value, into.adjustOriginal());
        adjustment(in, value + 12, into.adjustReply());
        into.mark(Field.SEQUENCE_ADJUSTMENT);
    }

    private static void adjustment(ByteBuf in, int value, SequenceAdjustment into) {
        into.set(in.getInt(value), in.getInt(value + 4), in.getInt(value + 8));
    }

    private static void helper(ByteBuf in, int value, int payload, Conntrack into) {
        in.readerIndex(value);
        into.helper().read(in, payload);
        if (into.helper().length() > 0) {
            into.mark(Field.HELPER);
        } else {
            into.forget(Field.HELPER);
        }
    }

    private static void labels(ByteBuf in, int value, int payload, Conntrack into) {
        if (payload == 0 || payload % Integer.BYTES != 0) {
            return;
        }
        into.labels().clear(payload / Integer.BYTES);
        for (int i = 0; i < payload / Integer.BYTES; i++) {
            into.labels().setWord(i, in.getInt(value + i * Integer.BYTES));
        }
        into.mark(Field.LABELS);
    }

    private static void synproxy(ByteBuf in, int value, Conntrack into) {
        into.synproxy().set(in.getInt(value + 4), in.getInt(value), in.getInt(value + 8));
        into.mark(Field.SYNPROXY);
    }
}
