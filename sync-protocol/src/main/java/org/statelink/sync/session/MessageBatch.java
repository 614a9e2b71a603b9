/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.statelink.sync.protocol.SyncHeader;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * Messages on their way into one packet. A packet takes messages while their bytes stay strictly below the link's
 * limit; a message that is longer alone travels in a packet of its own. Called on the state loop. Source: docs of
 * conntrackd's wire protocol, section 8.1.
 */
final class MessageBatch {
    /** Bytes that fit into a UDP datagram over IPv4. */
    static final int MAX_MESSAGE_LENGTH = 65_507;
    private static final int INITIAL_CAPACITY = 4096;

    private final SyncLinkGroup links;
    private final ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    private ByteBuf current;
    private ByteBuf spare;

    MessageBatch(SyncLinkGroup links) {
        this.links = links;
        current = newBuffer();
    }

    /** Where to append the next message. */
    ByteBuf buffer() {
        return current;
    }

    /** The message that began at {@code start} is complete. Returns false, and takes it back, if it is too long. */
    boolean end(int start) {
        int length = current.writerIndex() - start;
        if (length > MAX_MESSAGE_LENGTH) {
            current.writerIndex(start);
            return false;
        }
        SyncHeader.setLength(current, start, length);
        if (start > 0 && current.writerIndex() >= links.current().batchLimit()) {
            sendUpTo(start, length);
        }
        return true;
    }

    /** Sends what there is. */
    void flush() {
        if (current.isReadable()) {
            ByteBuf packet = current;
            current = takeSpare();
            send(packet);
        }
    }

    void close() {
        current.release();
        if (spare != null) {
            spare.release();
            spare = null;
        }
    }

    private void sendUpTo(int start, int rest) {
        ByteBuf packet = current;
        current = takeSpare();
        current.writeBytes(packet, start, rest);
        packet.writerIndex(start);
        send(packet);
    }

    /** Gives the packet away but keeps the buffer if the link is done with it at once, which is the rule. */
    private void send(ByteBuf packet) {
        SyncLink link = links.current();
        link.send(packet.retain());
        if (packet.refCnt() == 1 && spare == null) {
            spare = packet.clear();
        } else {
            packet.release();
        }
    }

    private ByteBuf takeSpare() {
        ByteBuf buffer = spare == null ? newBuffer() : spare;
        spare = null;
        return buffer;
    }

    private ByteBuf newBuffer() {
        return allocator.directBuffer(INITIAL_CAPACITY);
    }
}
