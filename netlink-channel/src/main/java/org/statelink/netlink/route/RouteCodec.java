/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.statelink.netlink.codec.AttributeReader;
import org.statelink.netlink.codec.AttributeWriter;
import org.statelink.netlink.codec.NetlinkMessage;

/**
 * The fixed parts and the few attributes of rtnetlink messages that matter here. Reading never throws on malformed
 * input. Not for hot paths: it allocates.
 */
public final class RouteCodec {
    /** Bytes of {@code struct ifinfomsg}. */
    public static final int LINK_HEADER_LENGTH = 16;
    /** Bytes of {@code struct ifaddrmsg}. */
    public static final int ADDRESS_HEADER_LENGTH = 8;

    private static final int INDEX_OFFSET = 4;
    private static final int LINK_FLAGS_OFFSET = 8;
    private static final int ADDRESS_FLAGS_OFFSET = 2;
    private static final int IFLA_IFNAME = 3;
    private static final int MAX_NAME_LENGTH = 15;
    private static final int IFA_FLAGS = 8;
    private static final int TENTATIVE_OR_DUPLICATE = 0x40 | 0x08;

    private RouteCodec() {
    }

    /** Reads a message about an interface; null for one that is malformed. */
    static InterfaceState readLink(NetlinkMessage message) {
        if (message.payloadLength() < LINK_HEADER_LENGTH) {
            return null;
        }
        ByteBuf buffer = message.buffer();
        int start = message.payloadIndex();
        int index = buffer.getIntLE(start + INDEX_OFFSET);
        String name = name(attributes(message, LINK_HEADER_LENGTH));
        return name.isEmpty() || index <= 0 ? null
            : new InterfaceState(index, name, InterfaceStatus.of(buffer.getIntLE(start + LINK_FLAGS_OFFSET)));
    }

    /**
     * Whether the message is about an interface as one port of a bridge: bridges tell with the same types, and their
     * family, which ports they have, and that one is theirs no more.
     */
    static boolean isBridgePort(NetlinkMessage message) {
        return message.payloadLength() >= LINK_HEADER_LENGTH
            && message.buffer().getByte(message.payloadIndex()) != 0;
    }

    /** Reads which interface has an address that can be used now; 0 for none, or a malformed message. */
    static int readUsableAddress(NetlinkMessage message) {
        if (message.payloadLength() < ADDRESS_HEADER_LENGTH) {
            return 0;
        }
        ByteBuf buffer = message.buffer();
        int start = message.payloadIndex();
        int flags = buffer.getUnsignedByte(start + ADDRESS_FLAGS_OFFSET);
        AttributeReader reader = attributes(message, ADDRESS_HEADER_LENGTH);
        while (reader.next()) {
            if (reader.type() == IFA_FLAGS && reader.length() == Integer.BYTES) {
                flags = buffer.getIntLE(reader.valueIndex());
            }
        }
        boolean usable = !reader.failed() && (flags & TENTATIVE_OR_DUPLICATE) == 0;
        return usable ? Math.max(0, buffer.getIntLE(start + INDEX_OFFSET)) : 0;
    }

    private static AttributeReader attributes(NetlinkMessage message, int headerLength) {
        return new AttributeReader().reset(message.buffer(), message.payloadIndex() + headerLength,
            message.payloadEnd());
    }

    private static String name(AttributeReader reader) {
        String name = "";
        while (reader.next()) {
            if (reader.type() == IFLA_IFNAME && reader.length() > 1 && reader.length() <= MAX_NAME_LENGTH + 1) {
                name = reader.buffer().toString(reader.valueIndex(), reader.length() - 1, StandardCharsets.UTF_8);
            }
        }
        return reader.failed() ? "" : name;
    }

    /** Appends what follows the message header in a message about an interface. */
    public static void writeLink(ByteBuf out, InterfaceState state) {
        out.writeIntLE(0).writeIntLE(state.index()).writeIntLE(state.status().flags()).writeIntLE(0);
        byte[] name = state.name().getBytes(StandardCharsets.UTF_8);
        AttributeWriter.header(out, IFLA_IFNAME, name.length + 1);
        out.writeBytes(name).writeByte(0);
        AttributeWriter.pad(out, name.length + 1);
    }

    /** Appends what follows the message header in a message about an address of an interface, without attributes. */
    public static void writeAddress(ByteBuf out, int family, boolean tentative, int index) {
        out.writeByte(family).writeByte(0).writeByte(tentative ? TENTATIVE_OR_DUPLICATE : 0).writeByte(0);
        out.writeIntLE(index);
    }
}
