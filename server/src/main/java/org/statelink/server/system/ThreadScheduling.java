/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Real-time scheduling of single threads: {@code sched_setscheduler(2)}. */
@SuppressWarnings("restricted") // the one native call that this class is for
public final class RealTime {
    private static final int CALLING_THREAD = 0;
    private static final MethodHandle SCHED_SETSCHEDULER = Linker.nativeLinker().downcallHandle(
        Linker.nativeLinker().defaultLookup().findOrThrow("sched_setscheduler"),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

    private RealTime() {
    }

    /**
     * Puts the calling thread before all others of the machine that are not in real time, or of a lower priority.
     *
     * @param policy {@code SCHED_FIFO} or {@code SCHED_RR} of {@code linux/sched.h}
     * @param priority 1 to 99
     * @return whether the system let it
     */
    public static boolean enter(int policy, int priority) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = arena.allocateFrom(JAVA_INT, priority);
            return (int) SCHED_SETSCHEDULER.invokeExact(CALLING_THREAD, policy, parameters) == 0;
        } catch (Throwable e) {
            throw new AssertionError("sched_setscheduler takes two ints and a pointer", e);
        }
    }
}
