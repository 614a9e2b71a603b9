/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import io.netty.buffer.ByteBuf;

/**
 * The owner of the objects that are sent: the internal cache. A ref is a positive int that it chooses. All methods are
 * called on the state loop; they call nothing of the session, except {@link #released}, which may.
 */
public interface ObjectSource {
    /** {@link #queueState}: in no queue. */
    int QUEUE_NONE = 0;
    /** {@link #queueState}: waits to be sent. */
    int QUEUE_TRANSMIT = 1;
    /** {@link #queueState}: sent, waits to be acknowledged. */
    int QUEUE_RESEND = 2;

    /** The {@link org.statelink.sync.protocol.MessageType} that fits the object's present status. */
    int type(int ref);

    /** Appends the object's present body. The buffer stays the caller's. */
    void encode(int ref, ByteBuf out);

    /** The state last set, {@link #QUEUE_NONE} at first. */
    int queueState(int ref);

    /** The position last set. */
    int queuePosition(int ref);

    /** Keeps two ints that belong to the session. */
    void setQueue(int ref, int state, int position);

    /** No queue holds the object any more, as it was acknowledged or dropped: if it is dead it may be freed. */
    void released(int ref);
}
