/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

/** Is shown what waits to be acknowledged, oldest first. */
public interface ResendVisitor {
    /** An object sent with the number. */
    void onObject(int sequence, int ref);

    /** A control message sent with the number and these flags, greetings included. */
    void onControl(int sequence, int flags);
}
