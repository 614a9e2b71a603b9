/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

/** The half of a link that receives. A transport makes it, the {@link SyncLink} uses it, on the state loop. */
public interface LinkInput {
    /** Whether the peer reaches it as far as can be told; where there are no connections it always does. */
    boolean isConnected();

    /** Stops and restarts reading; what was read already may still be told of. */
    void setReceiving(boolean receiving);

    /** Receives nothing any more. */
    void close();
}
