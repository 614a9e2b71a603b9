/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.ProtocolInfo;
import org.statelink.conntrack.Tuple;

/** The attributes that mean something for one protocol only; those of other protocols are ignored. */
final class ProtocolAttributes {
    private ProtocolAttributes() {
    }

    static void take(ByteBuf in, ConntrackAttribute attribute, int value, Conntrack into) {
        switch (into.original().protocol()) {
            case IpProtocol.TCP -> takeTcp(in, attribute, value, into);
            case IpProtocol.SCTP -> takeSctp(in, attribute, value, into);
            case IpProtocol.DCCP -> takeDccp(in, attribute, value, into);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> takeIcmp(in, attribute, value, into.original());
            default -> { }
        }
    }

    private static void takeTcp(ByteBuf in, ConntrackAttribute attribute, int value, Conntrack into) {
        ProtocolInfo info = into.protocol();
        switch (attribute) {
            case TCP_STATE -> state(in, value, into);
            case TCP_WSCALE_ORIG -> {
                info.setWindowScales(in.getUnsignedByte(value), info.windowScaleReply());
                into.mark(Field.TCP_WINDOW_SCALE);
            }
            case TCP_WSCALE_REPL -> {
                info.setWindowScales(info.windowScaleOriginal(), in.getUnsignedByte(value));
                into.mark(Field.TCP_WINDOW_SCALE);
            }
            default -> { }
        }
    }

    private static void takeSctp(ByteBuf in, ConntrackAttribute attribute, int value, Conntrack into) {
        ProtocolInfo info = into.protocol();
        switch (attribute) {
            case SCTP_STATE -> state(in, value, into);
            case SCTP_VTAG_ORIG -> {
                info.setVtags(in.getInt(value), info.vtagReply());
                into.mark(Field.SCTP_VTAG);
            }
            case SCTP_VTAG_REPL -> {
                info.setVtags(info.vtagOriginal(), in.getInt(value));
                into.mark(Field.SCTP_VTAG);
            }
            default -> { }
        }
    }

    private static void takeDccp(ByteBuf in, ConntrackAttribute attribute, int value, Conntrack into) {
        switch (attribute) {
            case DCCP_STATE -> state(in, value, into);
            case DCCP_ROLE -> {
                into.protocol().setRole(in.getUnsignedByte(value));
                into.mark(Field.DCCP_ROLE);
            }
            default -> { }
        }
    }

    private static void state(ByteBuf in, int value, Conntrack into) {
        into.protocol().setState(in.getUnsignedByte(value));
        into.mark(Field.PROTOCOL_STATE);
    }

    private static void takeIcmp(ByteBuf in, ConntrackAttribute attribute, int value, Tuple into) {
        int id = into.icmpId();
        int type = into.icmpType();
        int code = into.icmpCode();
        switch (attribute) {
            case ICMP_TYPE -> into.setIcmp(id, in.getUnsignedByte(value), code);
            case ICMP_CODE -> into.setIcmp(id, type, in.getUnsignedByte(value));
            case ICMP_ID -> into.setIcmp(in.getUnsignedShortLE(value), type, code);
            default -> { }
        }
    }
}
