/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import java.net.InetAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.statelink.sync.protocol.SequenceNumber;
import org.statelink.sync.transport.SyncLinkGroup;

/** What is known of one peer. Told apart by source address; read on the state loop. */
public final class Peer {
    /** A datagram is not delayed for longer than this. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int index;
    private final InetAddress[] addresses = new InetAddress[SyncLinkGroup.MAX_LINKS];
    private final boolean[] known = new boolean[SyncLinkGroup.MAX_LINKS];
    private final boolean[] renewed = new boolean[SyncLinkGroup.MAX_LINKS];
    private final AckWindow window;
    private InetAddress address;
    private boolean synchronised;
    private int lastReceived;
    private int acknowledged;
    private boolean firstAckDue;
    private boolean greeted;
    private int greeting;
    private long greetedNanos;
    private boolean answered;
    private boolean forgotten;
    private long heardNanos;
    private long gaps;
    private long missed;
    private long acknowledgements;

    Peer(int index, int ackWindowSize, int lastSent, long now) {
        this.index = index;
        window = new AckWindow(ackWindowSize);
        acknowledged = lastSent;
        heardNanos = now;
    }

    /** Small number that stands for this peer, from 0; that of a peer evicted is given again. */
    public int index() {
        return index;
    }

    /** Where it was last heard from; null where the transport does not tell. */
    public InetAddress address() {
        return address;
    }

    /** Number of the last message received, meaningless before the first. */
    public int lastReceived() {
        return lastReceived;
    }

    /** Nanoseconds of the session's clock when it was last heard. */
    public long heardNanos() {
        return heardNanos;
    }

    /** Times that its sequence numbers jumped ahead. */
    public long gaps() {
        return gaps;
    }

    /** Messages of it that did not come when their turn was; those that came later, sent again, included. */
    public long missed() {
        return missed;
    }

    /** Messages by which it acknowledged some of ours. */
    public long acknowledgements() {
        return acknowledgements;
    }

    @Override
    public String toString() {
        return address == null ? "peer " + index : address.getHostAddress();
    }

    int bit() {
        return 1 << index;
    }

    AckWindow window() {
        return window;
    }

    /** Whether it was heard on the link since that was opened. */
    boolean isSettledOn(int link) {
        return known[link] && !renewed[link];
    }

    void linkRenewed(int link) {
        renewed[link] = true;
    }

    boolean isAt(int link, InetAddress source) {
        return known[link] && Objects.equals(addresses[link], source);
    }

    void heard(int link, InetAddress source, long now) {
        known[link] = true;
        renewed[link] = false;
        addresses[link] = source;
        address = source;
        heardNanos = now;
    }

    boolean isSilent(long now, long nanos) {
        return now - heardNanos >= nanos;
    }

    boolean isSynchronised() {
        return synchronised;
    }

    void received(int sequence) {
        synchronised = true;
        lastReceived = sequence;
    }

    void missed(long messages) {
        gaps++;
        missed += messages;
    }

    void countAcknowledgement() {
        acknowledgements++;
    }

    /** Highest number of ours that this peer acknowledged, or that it never had to. */
    int acknowledged() {
        return acknowledged;
    }

    void acknowledged(int sequence) {
        acknowledged = sequence;
    }

    /** It came, or began anew: what was sent up to our number {@code lastSent} it may never have heard. */
    void begins(int lastSent) {
        acknowledged = lastSent;
        firstAckDue = true;
    }

    /** Whether the acknowledgement in hand is its first since it began. */
    boolean takeFirstAck() {
        boolean first = firstAckDue;
        firstAckDue = false;
        return first;
    }

    /** A message with HELLO was taken. */
    void greets(int sequence, long now) {
        greeted = true;
        greeting = sequence;
        greetedNanos = now;
    }

    /** Whether the last message was one with HELLO. */
    boolean isGreeting() {
        return greeted && greeting == lastReceived;
    }

    /** Whether a message carries on its numbers, perhaps with a gap; else it began anew. */
    boolean goesOn(int sequence) {
        int ahead = SequenceNumber.distance(lastReceived, sequence);
        return ahead > 0 && ahead < PeerTable.RECOGNITION_DISTANCE;
    }

    /** Whether a message with HELLO was overtaken by others, or is a repetition; else it began anew. */
    boolean isLateGreeting(int sequence, long now) {
        int behind = SequenceNumber.distance(sequence, lastReceived);
        return greeted && behind >= 0 && behind < PeerTable.RECOGNITION_DISTANCE && now - greetedNanos < LATE_NANOS;
    }

    boolean hasAnswered() {
        return answered;
    }

    void answered() {
        answered = true;
    }

    boolean isForgotten() {
        return forgotten;
    }

    void setForgotten(boolean isForgotten) {
        forgotten = isForgotten;
    }
}
