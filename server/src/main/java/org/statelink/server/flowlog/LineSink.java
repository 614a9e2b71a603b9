/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

/** Where lines go. On the thread of the log; never throws, and never waits for long. */
interface LineSink {
    /** Takes a line without its line feed, each character a byte; what it does with it may be seen by {@link #tick}. */
    void add(CharSequence line, long nowMillis);

    /** Sends on what was taken. Called when no more lines wait, and every second at least. */
    void tick(long nowMillis);

    /** What became of the lines. Any thread. */
    LineCount count();

    /** Sends on what was taken and ends. */
    void close(long nowMillis);
}
