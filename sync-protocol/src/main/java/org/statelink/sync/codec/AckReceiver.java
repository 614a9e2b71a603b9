/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

/** Is told what the sender of the message being digested has received. Called on the state loop. */
public interface AckReceiver {
    /** The range was received; {@code to} is not before {@code from}, both are included. */
    void acknowledged(int from, int to);

    /** The range was not received; {@code to} is not before {@code from}, both are included. */
    void missing(int from, int to);
}
