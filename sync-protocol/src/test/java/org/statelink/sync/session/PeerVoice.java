/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.IpProtocol;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncHeader;

/** A peer that says to a node whatever a test wants. */
final class PeerVoice {
    private final TestNode node;
    private final InetSocketAddress address;

    PeerVoice(TestNode node, String host) {
        this.node = node;
        address = new InetSocketAddress(host, 40_001);
    }

    void flow(int type, int sequence, int flags, int number, int version) {
        Conntrack flow = new Conntrack();
        flow.original().setIpv4(number, ~number);
        flow.original().setProtocol(IpProtocol.UDP);
        flow.original().setPorts(1, 2);
        flow.setMark(version);
        ByteBuf message = header(type, flags, sequence);
        ConntrackBody.encode(flow, message, true, false);
        say(message);
    }

    void control(int sequence, int flags, int from, int to) {
        ByteBuf message = header(MessageType.CONTROL, flags, sequence);
        if (SyncHeader.hasRange(MessageType.CONTROL, flags)) {
            message.writeInt(from).writeInt(to);
        }
        say(message);
    }

    void header(int type, int sequence) {
        say(header(type, 0, sequence));
    }

    private static ByteBuf header(int type, int flags, int sequence) {
        ByteBuf message = Unpooled.buffer();
        SyncHeader.write(message, type, flags, SyncHeader.LENGTH, sequence);
        return message;
    }

    private void say(ByteBuf message) {
        SyncHeader.setLength(message, 0, message.writerIndex());
        byte[] bytes = new byte[message.readableBytes()];
        message.readBytes(bytes);
        node.receive(bytes, address);
    }

    /** What the node sent since the last call: type and flags of each message. */
    List<String> heard() {
        List<String> heard = new ArrayList<>();
        for (byte[] packet : node.sent()) {
            ByteBuf in = Unpooled.wrappedBuffer(packet);
            for (int at = 0; at < in.writerIndex(); at += SyncHeader.length(in, at)) {
                heard.add((MessageType.nameOf(SyncHeader.type(in, at)) + ' '
                    + MessageFlags.format(SyncHeader.flags(in, at))).strip());
            }
        }
        return heard;
    }
}
