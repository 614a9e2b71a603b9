/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Runs something on a thread that gave up its capabilities (capset(2)); they end with the thread. */
final class Unprivileged {
    /** {@code _LINUX_CAPABILITY_VERSION_3} of linux/capability.h. */
    private static final int VERSION = 0x20080522;

    private Unprivileged() {
    }

    static <T> T call(Callable<T> inside) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            assertThat(dropCapabilities()).isZero();
            return inside.call();
        });
        Thread thread = new Thread(task);
        thread.start();
        return task.get();
    }

    @SuppressWarnings("restricted")
    private static int dropCapabilities() {
        Linker linker = Linker.nativeLinker();
        MethodHandle capset = linker.downcallHandle(linker.defaultLookup().findOrThrow("capset"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocateFrom(JAVA_INT, VERSION, 0);
            MemorySegment none = arena.allocate(JAVA_INT, 6);
            return (int) capset.invokeExact(header.address(), none.address());
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }
}
