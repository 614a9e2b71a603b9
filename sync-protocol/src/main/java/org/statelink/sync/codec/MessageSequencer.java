/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import org.statelink.sync.protocol.SyncMessage;
import org.statelink.sync.transport.SyncLink;

/** Decides about messages by their greeting and sequence number. Called on the state loop. */
public interface MessageSequencer {
    /** Looks at the greeting and the number. Returns whether the message is to be digested; if not, it is dropped. */
    boolean admit(SyncLink link, SyncMessage message);

    /** The message just admitted was digested and is what it pretends to be, though its payload may be malformed. */
    void settle(SyncLink link, SyncMessage message);
}
