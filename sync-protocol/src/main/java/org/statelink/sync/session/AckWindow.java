/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

/**
 * What was received from one peer and is not acknowledged yet, and how many messages are left before an
 * acknowledgement is due ({@code ACKWindowSize}). Source: docs of conntrackd's modes, sections 2.1, 2.3 and 2.4.
 */
final class AckWindow {
    private int length;
    private int left;
    private int from;
    private boolean open;

    AckWindow(int length) {
        this.length = length;
        left = length;
    }

    /** Another length, which also moves the acknowledgement that is next due. */
    void resize(int newLength) {
        left += newLength - length;
        length = newLength;
    }

    /** Whether something waits to be acknowledged. */
    boolean isOpen() {
        return open;
    }

    /** First number to acknowledge; only if open. */
    int from() {
        return from;
    }

    /** A message arrived in order. Returns whether an acknowledgement up to it is due now. */
    boolean receive(int sequence) {
        if (!open) {
            open = true;
            from = sequence;
        }
        left--;
        return left <= 0;
    }

    /** The acknowledgement that was due is on its way. */
    void acknowledged() {
        open = false;
        left = length;
    }

    /** The alarm acknowledged; as with conntrackd this does not refill the window. */
    void acknowledgedByAlarm() {
        open = false;
    }

    /** A message arrived that opens a new range. */
    void restart(int sequence) {
        open = true;
        from = sequence;
        left = length - 1;
    }

    /** The peer began anew with this number: what it said before is not acknowledged any more. */
    void begin(int sequence) {
        if (open) {
            restart(sequence);
        }
    }
}
