/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

/** What the later handlers of a pipeline tell the sequence handler about the message in hand. */
final class Digest {
    private boolean rejected;

    void begin() {
        rejected = false;
    }

    void reject() {
        rejected = true;
    }

    boolean isRejected() {
        return rejected;
    }
}
