/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import io.netty.util.concurrent.Ticker;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * The ALARM mode: nothing is sent but states, and nothing is expected but states, which are taken whatever their
 * number. What gets lost is told again when its owner refreshes it. Messages with a flag are nothing to this mode; they
 * only show that their link works. Source: docs of conntrackd's modes, section 4.
 */
final class AlarmReliability implements Reliability {
    private final Outbox outbox;
    private final SyncLinkGroup links;
    private final SyncCounters counters;
    private final Ticker ticker;
    private final PeerTable peers;
    private final Senders senders;
    private Peer sender;

    AlarmReliability(SessionOptions options, Outbox outbox, SyncLinkGroup links, SyncCounters counters,
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
        // silence means nothing here
    }

    @Override
    public boolean admit(SyncLink link, SyncMessage message) {
        if (message.flags() != 0) {
            links.received(link, ticker.nanoTime());
            return false;
        }
        if (!MessageType.isState(message.type())) {
            counters.malformed(SyncCounter.BAD_TYPE);
            return false;
        }
        sender = senders.of(link, message, 0, ticker.nanoTime());
        return sender != null;
    }

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
