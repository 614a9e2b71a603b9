/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.statelink.netlink.NetlinkAddress;
import org.statelink.netlink.NetlinkProtocol;

/** Another process, as far as the kernel is concerned: a socket that sends to a channel's port id. */
final class Forgery {
    private Forgery() {
    }

    /** Answers the bytes sent. */
    static long send(int portId, byte[] datagram) throws Exception {
        NetlinkSocket socket = new NetlinkSocket(NetlinkProtocol.NETFILTER);
        try (Arena arena = Arena.ofConfined()) {
            socket.bind(new NetlinkAddress(0, 0));
            MemorySegment name = arena.allocate(SocketAddressNetlink.SIZE, Integer.BYTES);
            SocketAddressNetlink.write(new NetlinkAddress(portId, 0), name);
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, datagram);
            return (long) sendto().invokeExact(socket.fd().intValue(), bytes.address(), (long) datagram.length, 0,
                name.address(), SocketAddressNetlink.SIZE);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        } finally {
            socket.close();
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle sendto() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow("sendto"), FunctionDescriptor.of(JAVA_LONG,
            JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    }
}
