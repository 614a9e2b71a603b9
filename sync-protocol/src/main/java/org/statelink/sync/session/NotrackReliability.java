/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import io.netty.util.concurrent.Ticker;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.SequenceNumber;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * The NOTRACK mode: each state is sent once and forgotten; nobody greets or acknowledges, so ACK and NACK are malformed
 * here. Whatever comes is taken in any order; the numbers serve only to count what was lost. Source: docs of
 * conntrackd's modes, section 3.
 */
final class NotrackReliability implements Reliability {
    private final Outbox outbox;
    private final SyncLinkGroup links;
    private final SyncCounters counters;
    private final Ticker ticker;
    private final PeerTable peers;
    private final Senders senders;
    private Peer sender;

    NotrackReliability(SessionOptions options, Outbox outbox, SyncLinkGroup links, SyncCounters counters,
                       Ticker ticker) {
        this.outbox = outbox;
        this.links = links;
        this.counters = counters;
        this.ticker = ticker;
        peers = new PeerTable(options);
        senders = new Senders(peers, counters, evicted -> { });
    }

    @Override
    public void objectSent(int ref, int sequence) {
        outbox.release(ref);
    }

    @Override
    public void controlSent(int element, int sequence) {
        outbox.release(element);
    }

    @Override
    public void onAlarm(long now) {
        if (!outbox.hasControl()) {
            outbox.addControl(MessageFlags.ALIVE, 0, 0);
        }
    }

    @Override
    public boolean admit(SyncLink link, SyncMessage message) {
        sender = senders.of(link, message, 0, ticker.nanoTime());
        if (sender == null) {
            return false;
        }
        if (sender.isSynchronised()) {
            track(SequenceNumber.next(sender.lastReceived()), message.sequence());
        }
        return true;
    }

    private void track(int expected, int sequence) {
        if (SequenceNumber.isBefore(sequence, expected)) {
            counters.increment(SyncCounter.BEFORE);
        } else if (sequence != expected) {
            long missing = sequence - expected & 0xffffffffL;
            counters.add(SyncCounter.LOST, LOST_PER_GAP + missing);
            sender.missed(missing);
        }
    }

    /** Backwards too: a peer that began anew is followed from its next message on. */
    @Override
    public void settle(SyncLink link, SyncMessage message) {
        links.received(link, sender.heardNanos());
        sender.received(message.sequence());
    }

    @Override
    public Peer sender() {
        return sender;
    }

    @Override
    public PeerTable peers() {
        return peers;
    }
}
