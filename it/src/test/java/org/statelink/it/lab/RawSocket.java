/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A blocking netfilter netlink socket in a namespace. */
final class NetlinkSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int NETLINK_NETFILTER = 12;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int RECEIVE_BUFFER = 8 << 20;
    private static final int BUFFER = 1 << 20;

    private final int fd;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(BUFFER);

    private NetlinkSocket(int fd) {
        this.fd = fd;
    }

    static NetlinkSocket open(Namespace namespace) {
        return namespace.call(() -> {
            NetlinkSocket socket = new NetlinkSocket(Posix.socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER));
            Posix.setOption(socket.fd, SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER);
            MemorySegment address = socket.arena.allocate(12);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
            Posix.bind(socket.fd, address);
            return socket;
        });
    }

    void send(ByteBuffer messages) throws IOException {
        MemorySegment source = MemorySegment.ofBuffer(messages);
        buffer.copyFrom(source);
        Posix.send(fd, buffer, source.byteSize());
    }

    /** Waits for a datagram. Valid until the next call. */
    ByteBuffer receive() throws IOException {
        int length = Posix.receive(fd, buffer);
        return buffer.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        try {
            Posix.close(fd);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            arena.close();
        }
    }
}
