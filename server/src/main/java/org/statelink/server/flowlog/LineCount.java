/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import java.util.concurrent.atomic.AtomicLong;

/** What became of the lines of a sink. Any thread. */
final class LineCount {
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    void addWritten(int lines) {
        written.addAndGet(lines);
    }

    void addLost(int lines) {
        lost.addAndGet(lines);
    }

    /** Lines that are where they should be. */
    long written() {
        return written.get();
    }

    /** Lines that could not be written. */
    long lost() {
        return lost.get();
    }
}
