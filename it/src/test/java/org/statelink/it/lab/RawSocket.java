/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A blocking socket in a namespace that Java has no class for. One thread may receive while another one sends. */
final class RawSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int NETLINK_NETFILTER = 12;
    private static final short ALL_PROTOCOLS = 0x0300;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int RECEIVE_BUFFER = 8 << 20;
    private static final int BUFFER = 1 << 20;

    private final int fd;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment outgoing = arena.allocate(BUFFER);
    private final MemorySegment incoming = arena.allocate(BUFFER);

    private RawSocket(int domain, int protocol) throws IOException {
        fd = Posix.socket(domain, SOCK_RAW, protocol);
        Posix.setOption(fd, SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER);
    }

    /** One to a namespace's netfilter. */
    static RawSocket netlink(Namespace namespace) {
        return namespace.call(() -> {
            RawSocket socket = new RawSocket(AF_NETLINK, NETLINK_NETFILTER);
            MemorySegment address = socket.arena.allocate(12);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
            Posix.bind(socket.fd, address);
            return socket;
        });
    }

    /** One that has whole frames: those that come in through an interface, and those to go out. */
    static RawSocket packet(Namespace namespace, String networkInterface) {
        // Java knows only interfaces that have an address
        String index = namespace.expect("cat", "/sys/class/net/" + networkInterface + "/ifindex").strip();
        return namespace.call(() -> {
            RawSocket socket = new RawSocket(AF_PACKET, ALL_PROTOCOLS);
            Posix.setOption(socket.fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
            MemorySegment address = socket.arena.allocate(20);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(ValueLayout.JAVA_SHORT, 2, ALL_PROTOCOLS);
            address.set(ValueLayout.JAVA_INT, 4, Integer.parseInt(index));
            Posix.bind(socket.fd, address);
            return socket;
        });
    }

    /** Sends one datagram. */
    synchronized void send(ByteBuffer datagram) throws IOException {
        MemorySegment source = MemorySegment.ofBuffer(datagram);
        outgoing.copyFrom(source);
        Posix.send(fd, outgoing, source.byteSize());
    }

    /** Waits for a datagram. Valid until the next call. */
    ByteBuffer receive() throws IOException {
        int length = Posix.receive(fd, incoming);
        return incoming.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder());
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
