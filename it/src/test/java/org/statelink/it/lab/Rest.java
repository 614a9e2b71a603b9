/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.time.Duration;

/** How busy a process is: the share of a processor that it had in the last stretch of time that is over. */
final class Rest {
    private static final long STRETCH_NANOS = Duration.ofMillis(300).toNanos();

    private final ProcessHandle process;
    private Duration before;
    private long since;
    private double share = 1;

    Rest(ProcessHandle process) {
        this.process = process;
        before = processorTime();
        since = System.nanoTime();
    }

    private Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** 1 until the first stretch is over; more if it keeps several busy. */
    double share() {
        long elapsed = System.nanoTime() - since;
        if (elapsed >= STRETCH_NANOS) {
            Duration now = processorTime();
            share = (double) now.minus(before).toNanos() / elapsed;
            before = now;
            since += elapsed;
        }
        return share;
    }
}
