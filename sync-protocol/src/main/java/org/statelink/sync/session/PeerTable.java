/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.statelink.sync.protocol.SequenceNumber;

/**
 * The peers, told apart by source address. A peer that turns up on another link, where its address is another, is
 * recognised by its sequence numbers running on. Called on the state loop.
 */
final class PeerTable {
    /** Most peers at a time. */
    static final int MAX_PEERS = 16;
    /** A running sequence does not jump further than this when the link changes. */
    static final int RECOGNITION_DISTANCE = 1 << 17;

    private final Peer[] peers = new Peer[MAX_PEERS];
    private final long timeout;
    private int ackWindowSize;
    private Peer lastFound;

    PeerTable(SessionOptions options) {
        ackWindowSize = options.ackWindowSize();
        timeout = TimeUnit.SECONDS.toNanos(options.peerTimeoutSeconds());
    }

    /** Another window for every peer, present and to come. */
    void setAckWindowSize(int messages) {
        ackWindowSize = messages;
        for (Peer peer : peers) {
            if (peer != null) {
                peer.window().resize(messages);
            }
        }
    }

    /** The link was opened anew: peers may have another address on it now. */
    void linkRenewed(int link) {
        for (Peer peer : peers) {
            if (peer != null) {
                peer.linkRenewed(link);
            }
        }
    }

    /** The peer with the index; null if there is none. */
    Peer get(int index) {
        return peers[index];
    }

    /** Finds the peer that sends from this address on this link; null if it is not known. */
    Peer find(int link, InetAddress source) {
        if (lastFound != null && lastFound.isAt(link, source)) {
            return lastFound;
        }
        for (Peer peer : peers) {
            if (peer != null && peer.isAt(link, source)) {
                lastFound = peer;
                return peer;
            }
        }
        return null;
    }

    /** Finds the one peer not known on this link yet whose numbers this one carries on; null if there is none. */
    Peer recognise(int link, int sequence) {
        Peer found = null;
        for (Peer peer : peers) {
            if (peer != null && !peer.isSettledOn(link) && peer.isSynchronised() && isNear(peer, sequence)) {
                if (found != null) {
                    return null;
                }
                found = peer;
            }
        }
        return found;
    }

    /** Index for one more peer; -1 if there is no place. The place may hold a peer that has to give way. */
    int placeFor(long now) {
        int place = -1;
        for (int index = 0; index < MAX_PEERS; index++) {
            Peer peer = peers[index];
            if (peer == null) {
                return index;
            }
            boolean older = place < 0 || peer.heardNanos() - peers[place].heardNanos() < 0;
            if (!isLive(peer, now) && older) {
                place = index;
            }
        }
        return place;
    }

    /** Puts a new peer at the index, that has nothing to acknowledge up to the number. */
    Peer add(int index, int lastSent, long now) {
        peers[index] = new Peer(index, ackWindowSize, lastSent, now);
        lastFound = null;
        return peers[index];
    }

    /** Whether the peer was heard lately. */
    boolean isLive(Peer peer, long now) {
        return !peer.isSilent(now, timeout);
    }

    /** Whether any peer was heard lately. */
    boolean anyLive(long now) {
        for (Peer peer : peers) {
            if (peer != null && isLive(peer, now)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every peer heard lately greeted back. */
    boolean allLiveAnswered(long now) {
        for (Peer peer : peers) {
            if (peer != null && isLive(peer, now) && !peer.hasAnswered()) {
                return false;
            }
        }
        return true;
    }

    /** Mask of the peers that have to acknowledge what is sent. */
    int mask() {
        int mask = 0;
        for (Peer peer : peers) {
            if (peer != null && !peer.isForgotten()) {
                mask |= peer.bit();
            }
        }
        return mask;
    }

    /** How many messages the slowest live peer is behind; -1 if none is live. */
    int lag(int lastSent, long now) {
        int lag = -1;
        for (Peer peer : peers) {
            if (peer != null && isLive(peer, now)) {
                lag = Math.max(lag, Math.max(0, SequenceNumber.distance(peer.acknowledged(), lastSent)));
            }
        }
        return lag;
    }

    private static boolean isNear(Peer peer, int sequence) {
        int distance = SequenceNumber.distance(peer.lastReceived(), sequence);
        return distance > -RECOGNITION_DISTANCE && distance < RECOGNITION_DISTANCE;
    }
}
