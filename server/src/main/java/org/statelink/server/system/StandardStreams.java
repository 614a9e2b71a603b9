/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Standard input, output and error of this process: {@code open(2)} and {@code dup2(2)}. */
@SuppressWarnings("restricted") // the native calls that this class is for
public final class StandardStreams {
    private static final int O_RDWR = 2;
    private static final int LAST = 2;

    private StandardStreams() {
    }

    /** Leads all three to nowhere, so that whoever waits for the other ends of them goes on. */
    public static void detach() {
        MethodHandle open = function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        MethodHandle duplicate = function("dup2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nowhere = arena.allocateFrom("/dev/null");
            int descriptor = (int) open.invokeExact(nowhere, O_RDWR);
            for (int stream = 0; stream <= LAST && descriptor >= 0; stream++) {
                int result = (int) duplicate.invokeExact(descriptor, stream);
                assert result == stream : stream;
            }
        } catch (Throwable e) {
            throw new AssertionError("open takes a text and an int, dup2 two ints", e);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}
