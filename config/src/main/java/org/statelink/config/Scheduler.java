/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import java.util.Objects;

/**
 * The real-time scheduler that the daemon asks the kernel for.
 *
 * @param type     the policy; default round robin
 * @param priority 0 to 99; default 99. The kernel refuses 0 for either policy: then the daemon warns and goes on with
 *                 the normal scheduler
 */
public record Scheduler(Type type, int priority) {
    /** What holds if the configuration names none. */
    public static final Scheduler DEFAULT = new Scheduler(Type.RR, 99);

    /** Checks the range. */
    public Scheduler {
        Objects.requireNonNull(type, "type");
        Limits.between(0, 99, priority, "priority");
    }

    /** The scheduling policies, see sched(7). */
    public enum Type {
        /** SCHED_RR. */
        RR(2),
        /** SCHED_FIFO. */
        FIFO(1);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        /** The kernel's number of the policy, from linux/sched.h. */
        public int number() {
            return number;
        }
    }
}
