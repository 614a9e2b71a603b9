/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import org.statelink.sync.codec.AckReceiver;
import org.statelink.sync.codec.MessageSequencer;

/**
 * What a mode makes of sequence numbers and acknowledgements: there is a class for each mode. The session sends; it
 * asks this what to add, and tells it what went out. Called on the state loop.
 */
interface Reliability extends MessageSequencer, AckReceiver {
    /** Greeting flags of the message about to be sent; what is due once is given once. */
    int nextGreeting();

    /** How many objects may be sent now before something unacknowledged would be lost. */
    int room(long now);

    /** An object was sent with the number; it is in no queue. */
    void objectSent(int ref, int sequence);

    /** A control message was sent with the number; it is in no queue. */
    void controlSent(int element, int sequence);

    /** Nothing was sent for a second: queues a sign of life. */
    void onAlarm(long now);

    /** Takes an object out of the resend queue, where it is. */
    void removeObject(int ref);

    /** The object of the resend queue is now called otherwise. */
    void replaceObject(int newRef);

    /** Follows another configuration: messages before an acknowledgement is due, elements kept until then. */
    default void resize(int ackWindowSize, int resendQueueSize) {
    }

    /** The link with this index was opened anew, and peers may have another address on it. */
    default void linkRenewed(int link) {
    }

    /** Elements that wait to be acknowledged. */
    int resendQueueLength();

    /** Most elements that may wait. */
    int resendQueueCapacity();

    /** Shows what waits to be acknowledged. */
    void forEachResend(ResendVisitor visitor);

    /** Who sent the message in hand. */
    Peer sender();

    /** The peer with the index; null if there is none. */
    Peer peer(int index);

    /** Whether a peer was heard lately. */
    boolean isLive(Peer peer, long now);
}
