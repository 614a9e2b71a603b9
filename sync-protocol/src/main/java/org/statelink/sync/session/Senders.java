/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import java.net.InetAddress;
import java.util.function.Consumer;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;
import org.statelink.sync.transport.SyncLink;

/** Tells which peer a message is from, and makes new ones known. Called on the state loop. */
final class Senders {
    private final PeerTable peers;
    private final SyncCounters counters;
    private final Consumer<Peer> evicted;

    /** Peers of the table; {@code evicted} hears of one that gives way to another. */
    Senders(PeerTable peers, SyncCounters counters, Consumer<Peer> evicted) {
        this.peers = peers;
        this.counters = counters;
        this.evicted = evicted;
    }

    /**
     * Who sent the message.
     *
     * @param lastSent number of our last message, after which a new peer has to acknowledge
     * @return null if it is new and there is no place for one more, which is counted
     */
    Peer of(SyncLink link, SyncMessage message, int lastSent, long now) {
        InetAddress source = message.sender() == null ? null : message.sender().getAddress();
        Peer peer = peers.find(link.index(), source);
        if (peer == null && !message.hasAny(MessageFlags.HELLO)) {
            peer = peers.recognise(link.index(), message.sequence());
        }
        if (peer == null) {
            peer = newPeer(lastSent, now);
        }
        if (peer != null) {
            peer.heard(link.index(), source, now);
        }
        return peer;
    }

    private Peer newPeer(int lastSent, long now) {
        int place = peers.placeFor(now);
        if (place < 0) {
            counters.increment(SyncCounter.PEERS_REFUSED);
            return null;
        }
        if (peers.get(place) != null) {
            evicted.accept(peers.get(place));
        }
        counters.increment(SyncCounter.PEERS_SEEN);
        return peers.add(place, lastSent, now);
    }
}
