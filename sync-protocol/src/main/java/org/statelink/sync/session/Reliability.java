/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import java.util.Optional;
import org.statelink.sync.codec.AckReceiver;
import org.statelink.sync.codec.MessageSequencer;

/**
 * What a mode makes of sequence numbers and acknowledgements: there is a class for each mode. The session sends; it
 * asks this what to add, and tells it what went out. What has to do with greetings and with waiting for
 * acknowledgements has defaults, for modes without. Called on the state loop.
 */
interface Reliability extends MessageSequencer {
    /** conntrackd counts a gap of n messages as n + 2 lost. */
    int LOST_PER_GAP = 2;

    /** Who takes ACK and NACK; empty where they are malformed. */
    default Optional<AckReceiver> acks() {
        return Optional.empty();
    }

    /** Greeting flags of the message about to be sent; what is due once is given once. */
    default int nextGreeting() {
        return 0;
    }

    /** How many objects may be sent now before something unacknowledged would be lost. */
    default int room(long now) {
        return Integer.MAX_VALUE;
    }

    /** An object was sent with the number; it is in no queue. */
    void objectSent(int ref, int sequence);

    /** A control message was sent with the number; it is in no queue. */
    void controlSent(int element, int sequence);

    /** Nothing was sent for a second: queues a sign of life. */
    void onAlarm(long now);

    /** Takes an object out of the resend queue, where it is. */
    default void removeObject(int ref) {
        throw noQueue();
    }

    private static IllegalStateException noQueue() {
        return new IllegalStateException("this mode has no resend queue");
    }

    /** Follows another configuration: messages before an acknowledgement is due, elements kept until then. */
    default void resize(int ackWindowSize, int resendQueueSize) {
    }

    /** The link with this index was opened anew, and peers may have another address on it. */
    default void linkRenewed(int link) {
    }

    /** Elements that wait to be acknowledged. */
    default int resendQueueLength() {
        return 0;
    }

    /** Most elements that may wait; 0 for a mode that has no resend queue. */
    default int resendQueueCapacity() {
        return 0;
    }

    /** Shows what waits to be acknowledged. */
    default void forEachResend(ResendVisitor visitor) {
    }

    /** Who sent the message in hand. */
    Peer sender();

    /** Those who were heard. */
    PeerTable peers();
}
