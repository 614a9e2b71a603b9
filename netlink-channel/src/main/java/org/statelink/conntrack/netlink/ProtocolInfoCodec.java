/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.ProtocolInfo;
import org.statelink.netlink.codec.AttributeReader;
import org.statelink.netlink.codec.AttributeWriter;

/** Reads and writes {@code CTA_PROTOINFO}. A part counts as known only when all of it came. */
public final class ProtocolInfoCodec {
    private static final int BOTH = 3;

    private ProtocolInfoCodec() {
    }

    static void read(AttributeReader in, Conntrack into) {
        int outer = in.enter();
        while (in.next()) {
            int nest = in.type();
            int inner = in.enter();
            switch (nest) {
                case FlowAttribute.PROTOINFO_TCP -> readTcp(in, into);
                case FlowAttribute.PROTOINFO_SCTP -> readSctp(in, into);
                case FlowAttribute.PROTOINFO_DCCP -> readDccp(in, into);
                default -> {
                }
            }
            in.leave(inner);
        }
        in.leave(outer);
    }

    private static void readTcp(AttributeReader in, Conntrack into) {
        ProtocolInfo info = into.protocol();
        int scales = 0;
        int flags = 0;
        while (in.next()) {
            switch (in.type()) {
                case FlowAttribute.PROTOINFO_STATE -> readState(in, into);
                case FlowAttribute.TCP_WSCALE_ORIGINAL -> {
                    info.setWindowScales(in.readUnsignedByte(), info.windowScaleReply());
                    scales |= 1;
                }
                case FlowAttribute.TCP_WSCALE_REPLY -> {
                    info.setWindowScales(info.windowScaleOriginal(), in.readUnsignedByte());
                    scales |= 2;
                }
                case FlowAttribute.TCP_FLAGS_ORIGINAL -> {
                    int both = in.readUnsignedShort();
                    info.setFlagsOriginal(both >>> 8, both & 0xff);
                    flags |= 1;
                }
                case FlowAttribute.TCP_FLAGS_REPLY -> {
                    int both = in.readUnsignedShort();
                    info.setFlagsReply(both >>> 8, both & 0xff);
                    flags |= 2;
                }
                default -> {
                }
            }
        }
        markIf(scales == BOTH, into, Field.TCP_WINDOW_SCALE);
        markIf(flags == BOTH, into, Field.TCP_FLAGS);
    }

    private static void readState(AttributeReader in, Conntrack into) {
        into.protocol().setState(in.readUnsignedByte());
        into.mark(Field.PROTOCOL_STATE);
    }

    private static void markIf(boolean known, Conntrack flow, Field field) {
        if (known) {
            flow.mark(field);
        }
    }

    private static void readSctp(AttributeReader in, Conntrack into) {
        ProtocolInfo info = into.protocol();
        int tags = 0;
        while (in.next()) {
            switch (in.type()) {
                case FlowAttribute.PROTOINFO_STATE -> readState(in, into);
                case FlowAttribute.SCTP_VTAG_ORIGINAL -> {
                    info.setVtags(in.readInt(), info.vtagReply());
                    tags |= 1;
                }
                case FlowAttribute.SCTP_VTAG_REPLY -> {
                    info.setVtags(info.vtagOriginal(), in.readInt());
                    tags |= 2;
                }
                default -> {
                }
            }
        }
        markIf(tags == BOTH, into, Field.SCTP_VTAG);
    }

    private static void readDccp(AttributeReader in, Conntrack into) {
        while (in.next()) {
            switch (in.type()) {
                case FlowAttribute.PROTOINFO_STATE -> readState(in, into);
                case FlowAttribute.DCCP_ROLE -> {
                    into.protocol().setRole(in.readUnsignedByte());
                    into.mark(Field.DCCP_ROLE);
                }
                case FlowAttribute.DCCP_HANDSHAKE_SEQUENCE -> {
                    into.protocol().setHandshakeSequence(in.readLong());
                    into.mark(Field.DCCP_HANDSHAKE_SEQUENCE);
                }
                default -> {
                }
            }
        }
    }

    /** Appends what is known of the protocol that the original tuple names; nothing where nothing is. */
    public static void write(ByteBuf out, Conntrack flow) {
        switch (flow.original().protocol()) {
            case IpProtocol.TCP -> writeTcp(out, flow);
            case IpProtocol.SCTP -> writeSctp(out, flow);
            case IpProtocol.DCCP -> writeDccp(out, flow);
            default -> {
            }
        }
    }

    private static void writeTcp(ByteBuf out, Conntrack flow) {
        boolean scales = flow.has(Field.TCP_WINDOW_SCALE);
        boolean flags = flow.has(Field.TCP_FLAGS);
        if (!flow.has(Field.PROTOCOL_STATE) && !scales && !flags) {
            return;
        }
        ProtocolInfo info = flow.protocol();
        int outer = AttributeWriter.begin(out, FlowAttribute.PROTOINFO);
        int nest = AttributeWriter.begin(out, FlowAttribute.PROTOINFO_TCP);
        writeState(out, flow);
        if (scales) {
            AttributeWriter.putByte(out, FlowAttribute.TCP_WSCALE_ORIGINAL, info.windowScaleOriginal());
            AttributeWriter.putByte(out, FlowAttribute.TCP_WSCALE_REPLY, info.windowScaleReply());
        }
        if (flags) {
            AttributeWriter.putShort(out, FlowAttribute.TCP_FLAGS_ORIGINAL,
                info.flagsOriginal() << 8 | info.flagsMaskOriginal());
            AttributeWriter.putShort(out, FlowAttribute.TCP_FLAGS_REPLY,
                info.flagsReply() << 8 | info.flagsMaskReply());
        }
        AttributeWriter.end(out, nest);
        AttributeWriter.end(out, outer);
    }

    private static void writeState(ByteBuf out, Conntrack flow) {
        if (flow.has(Field.PROTOCOL_STATE)) {
            AttributeWriter.putByte(out, FlowAttribute.PROTOINFO_STATE, flow.protocol().state());
        }
    }

    // the kernel answers EINVAL unless the state and both tags come together
    private static void writeSctp(ByteBuf out, Conntrack flow) {
        if (!flow.has(Field.PROTOCOL_STATE) || !flow.has(Field.SCTP_VTAG)) {
            return;
        }
        int outer = AttributeWriter.begin(out, FlowAttribute.PROTOINFO);
        int nest = AttributeWriter.begin(out, FlowAttribute.PROTOINFO_SCTP);
        writeState(out, flow);
        AttributeWriter.putInt(out, FlowAttribute.SCTP_VTAG_ORIGINAL, flow.protocol().vtagOriginal());
        AttributeWriter.putInt(out, FlowAttribute.SCTP_VTAG_REPLY, flow.protocol().vtagReply());
        AttributeWriter.end(out, nest);
        AttributeWriter.end(out, outer);
    }

    private static void writeDccp(ByteBuf out, Conntrack flow) {
        if (!flow.has(Field.PROTOCOL_STATE)) {
            return;
        }
        int outer = AttributeWriter.begin(out, FlowAttribute.PROTOINFO);
        int nest = AttributeWriter.begin(out, FlowAttribute.PROTOINFO_DCCP);
        writeState(out, flow);
        if (flow.has(Field.DCCP_ROLE)) {
            AttributeWriter.putByte(out, FlowAttribute.DCCP_ROLE, flow.protocol().role());
        }
        if (flow.has(Field.DCCP_HANDSHAKE_SEQUENCE)) {
            AttributeWriter.putLong(out, FlowAttribute.DCCP_HANDSHAKE_SEQUENCE, flow.protocol().handshakeSequence());
        }
        AttributeWriter.end(out, nest);
        AttributeWriter.end(out, outer);
    }
}
