/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.statelink.netlink.epoll.LinuxConstants.AF_NETLINK;
import static org.statelink.netlink.epoll.LinuxConstants.EPERM;
import static org.statelink.netlink.epoll.LinuxConstants.MSG_DONTWAIT;
import static org.statelink.netlink.epoll.LinuxConstants.MSG_TRUNC;
import static org.statelink.netlink.epoll.LinuxConstants.NETLINK_ADD_MEMBERSHIP;
import static org.statelink.netlink.epoll.LinuxConstants.NETLINK_DROP_MEMBERSHIP;
import static org.statelink.netlink.epoll.LinuxConstants.SOCK_CLOEXEC;
import static org.statelink.netlink.epoll.LinuxConstants.SOCK_NONBLOCK;
import static org.statelink.netlink.epoll.LinuxConstants.SOCK_RAW;
import static org.statelink.netlink.epoll.LinuxConstants.SOL_NETLINK;
import static org.statelink.netlink.epoll.LinuxConstants.SOL_SOCKET;
import static org.statelink.netlink.epoll.LinuxConstants.SO_ATTACH_FILTER;
import static org.statelink.netlink.epoll.LinuxConstants.SO_DETACH_FILTER;
import static org.statelink.netlink.epoll.LinuxConstants.SO_ERROR;

import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedChannelException;
import org.statelink.netlink.BpfInstruction;
import org.statelink.netlink.NetlinkAddress;

/**
 * A netlink socket's file descriptor and what can be done with it. {@link #send} and {@link #receive} belong to the
 * channel's loop and allocate nothing; the rest can be called on any thread. Not final: tests make sockets that are
 * full.
 */
class NetlinkSocket {
    private final FileDescriptor fd;
    /** The groups joined, bit n-1 for group n. */
    private int groups;
    /** Used on the loop only; freed with this object. */
    private final MemorySegment errno = Arena.ofAuto().allocate(LibC.ERRNO);

    NetlinkSocket(int protocol) throws IOException {
        int type = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
        fd = new FileDescriptor(check("socket", LibC.socket(AF_NETLINK, type, protocol, errno)));
    }

    FileDescriptor fd() {
        return fd;
    }

    boolean isOpen() {
        return fd.isOpen();
    }

    void close() throws IOException {
        fd.close();
    }

    /** Binds, and answers the address that the socket then has. */
    synchronized NetlinkAddress bind(NetlinkAddress address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(LibC.ERRNO);
            MemorySegment name = arena.allocate(SocketAddressNetlink.SIZE, Integer.BYTES);
            SocketAddressNetlink.write(address, name);
            check("bind", LibC.bind(number(), name, state));
            MemorySegment length = arena.allocateFrom(JAVA_INT, SocketAddressNetlink.SIZE);
            check("getsockname", LibC.getsockname(number(), name, length, state));
            NetlinkAddress bound = SocketAddressNetlink.read(name);
            groups = bound.groups();
            return bound;
        }
    }

    /**
     * Leaves and joins groups until it is in these. One that it is in already is not joined again: the kernel would
     * count two listeners.
     */
    synchronized void setGroups(int wanted) throws IOException {
        for (int changed = groups ^ wanted; changed != 0; changed &= changed - 1) {
            int bit = Integer.lowestOneBit(changed);
            int option = (wanted & bit) == 0 ? NETLINK_DROP_MEMBERSHIP : NETLINK_ADD_MEMBERSHIP;
            setOption(SOL_NETLINK, option, Integer.numberOfTrailingZeros(bit) + 1);
            groups ^= bit;
        }
    }

    /** Sends one datagram to the kernel. Answers the bytes sent, or the errno made negative. */
    int send(long address, int length) {
        return LibC.send(fd.intValue(), address, length, MSG_DONTWAIT, errno);
    }

    /** Fills the batch, which is prepared. Answers the number of datagrams, not 0, or the errno made negative. */
    int receive(ReceiveBatch batch) {
        // MSG_TRUNC has the true length told, so that a datagram that was cut is recognised
        int flags = MSG_DONTWAIT | MSG_TRUNC;
        int result = LibC.recvmmsg(fd.intValue(), batch.headers(), batch.slots(), flags, errno);
        batch.received(Math.max(0, result));
        return result;
    }

    /** Takes the pending error: an errno, or 0. */
    int takeError() throws IOException {
        return getOption(SOL_SOCKET, SO_ERROR);
    }

    int getOption(int level, int name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            MemorySegment state = arena.allocate(LibC.ERRNO);
            check("getsockopt", LibC.getsockopt(number(), level, name, value, length, state));
            return value.get(JAVA_INT, 0);
        }
    }

    void setOption(int level, int name, int value) throws IOException {
        check("setsockopt", trySetOption(level, name, value));
    }

    /** Sets the privileged form of an option, or without the privilege the ordinary one. */
    void setOption(int level, int privileged, int ordinary, int value) throws IOException {
        int result = trySetOption(level, privileged, value);
        if (result == -EPERM) {
            result = trySetOption(level, ordinary, value);
        }
        check("setsockopt", result);
    }

    private int trySetOption(int level, int name, int value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(LibC.ERRNO);
            return LibC.setsockopt(number(), level, name, arena.allocateFrom(JAVA_INT, value), state);
        }
    }

    void attachFilter(BpfInstruction... instructions) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment program = SocketFilter.program(instructions, arena);
            MemorySegment state = arena.allocate(LibC.ERRNO);
            check("setsockopt", LibC.setsockopt(number(), SOL_SOCKET, SO_ATTACH_FILTER, program, state));
        }
    }

    /** Removes the filter; false if there was none. */
    boolean detachFilter() throws IOException {
        int result = trySetOption(SOL_SOCKET, SO_DETACH_FILTER, 0);
        if (result == -LinuxConstants.ENOENT) {
            return false;
        }
        check("setsockopt", result);
        return true;
    }

    /** The descriptor; a closed one must not be used, the number may by now be somebody else's. */
    private int number() throws ClosedChannelException {
        if (!fd.isOpen()) {
            throw new ClosedChannelException();
        }
        return fd.intValue();
    }

    private static int check(String call, int result) throws IOException {
        if (result < 0) {
            throw Errors.newIOException(call, result);
        }
        return result;
    }
}
