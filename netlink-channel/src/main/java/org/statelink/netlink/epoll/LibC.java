/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The C library's socket functions. Each answers what the C function does, or the errno made negative.
 *
 * <p>Addresses are passed as plain longs, which is the same to the callee, so that a call allocates nothing. The
 * segment that takes the errno belongs to the calling thread during the call; see {@link #ERRNO}.
 */
final class LibC {
    /** The layout of the segment that takes the errno. */
    static final StructLayout ERRNO = Linker.Option.captureStateLayout();

    private static final long ERRNO_OFFSET =
        ERRNO.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = find("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = find("bind", JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = find("getsockname", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SETSOCKOPT =
        find("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
        find("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SEND =
        find(FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT), "send");
    private static final MethodHandle RECVMMSG =
        find("recvmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);

    private LibC() {
    }

    static int socket(int domain, int type, int protocol, MemorySegment errno) {
        try {
            return result((int) SOCKET.invokeExact(errno, domain, type, protocol), errno);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    static int bind(int fd, MemorySegment address, MemorySegment errno) {
        try {
            int length = (int) address.byteSize();
            return result((int) BIND.invokeExact(errno, fd, address.address(), length), errno);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    static int getsockname(int fd, MemorySegment address, MemorySegment length, MemorySegment errno) {
        try {
            return result((int) GETSOCKNAME.invokeExact(errno, fd, address.address(), length.address()), errno);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    static int setsockopt(int fd, int level, int name, MemorySegment value, MemorySegment errno) {
        try {
            int length = (int) value.byteSize();
            return result((int) SETSOCKOPT.invokeExact(errno, fd, level, name, value.address(), length), errno);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    static int getsockopt(int fd, int level, int name, MemorySegment value, MemorySegment length,
        MemorySegment errno) {
        try {
            return result((int) GETSOCKOPT.invokeExact(errno, fd, level, name, value.address(), length.address()),
                errno);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    static int send(int fd, long address, int length, int flags, MemorySegment errno) {
        try {
            return result((int) (long) SEND.invokeExact(errno, fd, address, (long) length, flags), errno);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    static int recvmmsg(int fd, long headers, int count, int flags, MemorySegment errno) {
        try {
            return result((int) RECVMMSG.invokeExact(errno, fd, headers, count, flags, 0L), errno);
        } catch (Throwable t) {
            throw impossible(t);
        }
    }

    private static int result(int result, MemorySegment errno) {
        return result >= 0 ? result : -errno.get(JAVA_INT, ERRNO_OFFSET);
    }

    private static Error impossible(Throwable t) {
        return new LinkageError("a native call threw", t);
    }

    private static MethodHandle find(String name, MemoryLayout... arguments) {
        return find(FunctionDescriptor.of(JAVA_INT, arguments), name);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle find(FunctionDescriptor descriptor, String name) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor,
            Linker.Option.captureCallState("errno"));
    }
}
