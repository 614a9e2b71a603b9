/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

/**
 * The answer to one request: text, whose end the client sees when the connection closes.
 *
 * <p>All methods may be called from any thread; what is written by one thread arrives in its order. A client that
 * reads slowly shows in {@link #isWritable()}: whoever writes much writes pages, stops when it is false and goes on
 * from {@link #onWritable}. A client that has gone, or reads nothing for too long, shows in {@link #isClosed()}; what
 * is written after that vanishes.
 */
public interface ControlReply {
    /** Sends text, encoded as UTF-8. The text is copied during the call, so a builder may be reused after it. */
    void write(CharSequence text);

    /** Whether more should be written now; false also once the client has gone or the reply was finished. */
    boolean isWritable();

    /**
     * Runs something once, on the control loop, as soon as the client has taken enough of what was written; at once
     * (but never within this call) if it has already. It also runs when the client is gone, so that a writer of pages
     * can stop: it looks at {@link #isClosed()} first. Of several that wait, each runs.
     */
    void onWritable(Runnable next);

    /** Ends the reply: what was written is sent, then the connection is closed. Finishing twice is harmless. */
    void finish();

    /** Whether nothing that is written can reach the client any more. */
    boolean isClosed();
}
