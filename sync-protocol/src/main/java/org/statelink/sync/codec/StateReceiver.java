/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import org.statelink.sync.protocol.SyncMessage;

/** Is told what came in. Called on the state loop. */
public interface StateReceiver {
    /** A state message; the message and its body are valid during the call. */
    void onState(SyncMessage message);

    /** The sender of the message wants everything. */
    void onResync(SyncMessage message);

    /** A burst of messages was read: a good moment to answer. */
    void onReadComplete();
}
