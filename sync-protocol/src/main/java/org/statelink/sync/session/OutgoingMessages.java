/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.ExpectBody;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SequenceNumber;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncHeader;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * The end of the road out: numbers messages, greets, and writes them into packets. The one place that gives out
 * sequence numbers. Called on the state loop; allocates nothing.
 */
final class OutgoingMessages {
    private final Outbox outbox;
    private final ObjectSource source;
    private final Reliability reliability;
    private final SyncLinkGroup links;
    private final SyncCounters counters;
    private final MessageBatch batch;
    private int nextSequence;

    OutgoingMessages(Outbox outbox, Reliability reliability, SyncLinkGroup links, SyncCounters counters,
                     int firstSequence) {
        this.outbox = outbox;
        this.source = outbox.source();
        this.reliability = reliability;
        this.links = links;
        this.counters = counters;
        batch = new MessageBatch(links);
        nextSequence = firstSequence;
    }

    /** Number that the next message will have. */
    int nextSequence() {
        return nextSequence;
    }

    /** Whether messages wait for their packet to go out. */
    boolean hasUnsent() {
        return batch.buffer().isReadable();
    }

    /** Sends the packet in hand. */
    void flush() {
        batch.flush();
    }

    void close() {
        batch.close();
    }

    /** Writes an object that has left the transmit queue, as it is now. */
    void writeObject(int ref) {
        ByteBuf out = batch.buffer();
        int start = out.writerIndex();
        int flags = reliability.nextGreeting();
        SyncHeader.write(out, source.type(ref), flags, 0, nextSequence);
        source.encode(ref, out);
        if (batch.end(start)) {
            counters.increment(SyncCounter.STATES_SENT);
            countGreeting(flags);
            if (!links.isUp() && reliability.resendQueueCapacity() == 0) {
                counters.increment(SyncCounter.TRANSMIT_QUEUE_DROPS);
            }
            reliability.objectSent(ref, takeSequence());
        } else {
            counters.increment(SyncCounter.SEND_MALFORMED);
            outbox.release(ref);
        }
    }

    /** Writes a control message that has left the transmit queue. */
    void writeControl(int element) {
        ControlTable controls = outbox.controls();
        // a greeting that is over must not be sent again: the peer would take it for a new beginning
        int flags = controls.flags(element) & ~MessageFlags.HELLO_MASK | reliability.nextGreeting();
        controls.setFlags(element, flags);
        ByteBuf out = batch.buffer();
        int start = out.writerIndex();
        if (SyncHeader.hasRange(MessageType.CONTROL, flags)) {
            SyncHeader.writeRange(out, flags, nextSequence, controls.from(element), controls.to(element));
        } else {
            SyncHeader.write(out, MessageType.CONTROL, flags, SyncHeader.LENGTH, nextSequence);
        }
        batch.end(start);
        countControl(flags);
        countGreeting(flags);
        reliability.controlSent(element, takeSequence());
    }

    /** Writes the state of a flow that belongs to no object. */
    void writeState(int type, Conntrack state, boolean withTimeout, boolean withWindowScale) {
        int start = beginState(type);
        ConntrackBody.encode(state, batch.buffer(), withTimeout, withWindowScale);
        endState(start);
    }

    /** Writes the state of an expectation that belongs to no object. */
    void writeState(int type, Expectation state, boolean withTimeout) {
        int start = beginState(type);
        ExpectBody.encode(state, batch.buffer(), withTimeout);
        endState(start);
    }

    private int beginState(int type) {
        ByteBuf out = batch.buffer();
        int start = out.writerIndex();
        SyncHeader.write(out, type, 0, 0, nextSequence);
        return start;
    }

    private void endState(int start) {
        if (batch.end(start)) {
            counters.increment(SyncCounter.STATES_SENT);
            takeSequence();
        } else {
            counters.increment(SyncCounter.SEND_MALFORMED);
        }
    }

    private int takeSequence() {
        int sequence = nextSequence;
        nextSequence = SequenceNumber.next(sequence);
        return sequence;
    }

    private void countControl(int flags) {
        if ((flags & MessageFlags.ACK) != 0) {
            counters.increment(SyncCounter.ACKS_SENT);
        } else if ((flags & MessageFlags.NACK) != 0) {
            counters.increment(SyncCounter.NACKS_SENT);
        } else if ((flags & MessageFlags.RESYNC) != 0) {
            counters.increment(SyncCounter.RESYNCS_SENT);
        } else {
            counters.increment(SyncCounter.ALIVES_SENT);
        }
    }

    private void countGreeting(int flags) {
        if ((flags & MessageFlags.HELLO) != 0) {
            counters.increment(SyncCounter.HELLOS_SENT);
        }
        if ((flags & MessageFlags.HELLO_BACK) != 0) {
            counters.increment(SyncCounter.HELLO_BACKS_SENT);
        }
    }
}
