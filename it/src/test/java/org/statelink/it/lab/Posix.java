/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The few system calls that the lab needs. Written apart from the project's own, whose errors it has to find. */
@SuppressWarnings("restricted")
final class Posix {
    static final int ENOENT = 2;
    static final int EEXIST = 17;
    static final int ENOBUFS = 105;

    private static final int O_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x40000000;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_FIELD =
        STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle OPEN =
        call("open", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle SETNS =
        call("setns", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle SOCKET =
        call("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle BIND =
        call("bind", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle SETSOCKOPT = call("setsockopt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle SEND = call("send", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
        ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    private static final MethodHandle RECV = call("recv", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
        ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = call("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

    private Posix() {
    }

    /** Moves the calling thread into the network namespace bound to a file. */
    static void enterNetwork(String file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int fd = (int) invoke(OPEN, "open " + file, arena.allocateFrom(file), O_CLOEXEC);
            try {
                invoke(SETNS, "setns " + file, fd, CLONE_NEWNET);
            } finally {
                close(fd);
            }
        }
    }

    static int socket(int domain, int type, int protocol) throws IOException {
        return (int) invoke(SOCKET, "socket", domain, type, protocol);
    }

    static void bind(int fd, MemorySegment address) throws IOException {
        invoke(BIND, "bind", fd, address, (int) address.byteSize());
    }

    static void setOption(int fd, int level, int option, int value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            invoke(SETSOCKOPT, "setsockopt", fd, level, option, arena.allocateFrom(ValueLayout.JAVA_INT, value), 4);
        }
    }

    static void send(int fd, MemorySegment bytes, long length) throws IOException {
        invoke(SEND, "send", fd, bytes, length, 0);
    }

    static int receive(int fd, MemorySegment into) throws IOException {
        return (int) invoke(RECV, "recv", fd, into, into.byteSize(), 0);
    }

    static void close(int fd) throws IOException {
        invoke(CLOSE, "close", fd);
    }

    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(result, arguments), ERRNO);
    }

    private static long invoke(MethodHandle call, String what, Object... arguments) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            Object[] all = new Object[arguments.length + 1];
            all[0] = state;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            long result = ((Number) call.invokeWithArguments(all)).longValue();
            if (result < 0) {
                throw new ErrnoException(what, (int) ERRNO_FIELD.get(state, 0L));
            }
            return result;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** A system call's or the kernel's refusal, with its number. */
    static final class ErrnoException extends IOException {
        private final int errno;

        ErrnoException(String what, int errno) {
            super(what + ": errno " + errno);
            this.errno = errno;
        }

        int errno() {
            return errno;
        }
    }
}
