/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import org.statelink.conntrack.Expectation;

/** One expectation of the double's table. */
final class KernelExpectation {
    private static final long NANOS = 1_000_000_000L;

    final Expectation expectation = new Expectation();
    final KernelEntry master;
    private long expires;

    KernelExpectation(KernelEntry master) {
        this.master = master;
    }

    void setTimeout(int seconds, long now) {
        expires = now + (seconds & 0xffffffffL) * NANOS;
    }

    /** Puts the seconds left into the expectation. */
    void refresh(long now) {
        expectation.setTimeout((int) Math.max(0, (expires - now) / NANOS));
    }

    boolean isExpired(long now) {
        return expires - now <= 0;
    }
}
