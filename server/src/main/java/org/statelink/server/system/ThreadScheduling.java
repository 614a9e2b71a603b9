/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** How much of the machine a thread gets: {@code sched_setscheduler(2)} and {@code getpriority(2)}. */
@SuppressWarnings("restricted") // the native calls that this class is for
public final class ThreadScheduling {
    private static final int CALLING_THREAD = 0;
    /** To Linux a thread is a process here. */
    private static final int PRIO_PROCESS = 0;
    private static final MethodHandle SCHED_SETSCHEDULER = find("sched_setscheduler", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle GETPRIORITY = find("getpriority", JAVA_INT, JAVA_INT);
    private static final MethodHandle SETPRIORITY = find("setpriority", JAVA_INT, JAVA_INT, JAVA_INT);

    private ThreadScheduling() {
    }

    private static MethodHandle find(String function, MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow(function),
            FunctionDescriptor.of(JAVA_INT, arguments));
    }

    /**
     * Puts the calling thread before all others of the machine that are not in real time, or of a lower priority.
     *
     * @param policy {@code SCHED_FIFO} or {@code SCHED_RR} of {@code linux/sched.h}
     * @param priority 1 to 99
     * @return whether the system let it
     */
    public static boolean enterRealTime(int policy, int priority) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = arena.allocateFrom(JAVA_INT, priority);
            return (int) SCHED_SETSCHEDULER.invokeExact(CALLING_THREAD, policy, parameters) == 0;
        } catch (Throwable e) {
            throw new AssertionError("sched_setscheduler takes two ints and a pointer", e);
        }
    }

    /** The nice value of the calling thread, -20 to 19. */
    static int nice() {
        try {
            return (int) GETPRIORITY.invokeExact(PRIO_PROCESS, CALLING_THREAD);
        } catch (Throwable e) {
            throw new AssertionError("getpriority takes two ints", e);
        }
    }

    /**
     * Sets the nice value of the calling thread, and of those that it starts from then on.
     *
     * @param nice -20 to 19
     * @return whether the system let it
     */
    public static boolean setNice(int nice) {
        return setNice(CALLING_THREAD, nice);
    }

    /** Does so for another thread of the machine, by its number, see {@code gettid(2)}. */
    static boolean setNice(int thread, int nice) {
        try {
            return (int) SETPRIORITY.invokeExact(PRIO_PROCESS, thread, nice) == 0;
        } catch (Throwable e) {
            throw new AssertionError("setpriority takes three ints", e);
        }
    }
}
