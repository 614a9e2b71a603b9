/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.util.Arrays;
import org.statelink.conntrack.Conntrack;

/**
 * Which flows were heard of since a certain moment: for those who learn late of a change that may have been overtaken.
 * It takes note only while somebody listens; otherwise hearing of a flow costs a comparison. On the state loop.
 *
 * <p>Flows are told apart by 64 bits of a keyed hash. The memory is bounded: beyond, everything earlier is forgotten,
 * and whoever asks about it is told that the flow was heard of.
 */
public final class HeardFlows {
    private static final int FIRST_SLOTS = 1 << 12;
    private static final int MAX_SLOTS = 1 << 18;

    private final SipHash sip = SipHash.keyedAtRandom();
    private final FlowKey key = new FlowKey();
    private final int maxSlots;
    private volatile long moment = 1;
    private int listeners;
    private long[] hashes = new long[0];
    private long[] moments = new long[0];
    private int size;
    private long forgotten;

    /** Nobody listens at first. */
    public HeardFlows() {
        this(MAX_SLOTS);
    }

    HeardFlows(int maxSlots) {
        this.maxSlots = maxSlots;
    }

    /** Takes note from now on, until {@link #release} was called as often. */
    public void listen() {
        if (listeners++ == 0) {
            empty(FIRST_SLOTS);
        }
    }

    /** One listener less. */
    public void release() {
        if (--listeners == 0) {
            empty(0);
        }
    }

    private void empty(int slots) {
        hashes = new long[slots];
        moments = new long[slots];
        size = 0;
        forgotten = moment;
    }

    /** Now. Any thread. */
    public long moment() {
        return moment;
    }

    /** The kernel told of a flow. */
    public void hear(Conntrack flow) {
        if (listeners == 0) {
            return;
        }
        if (size == hashes.length / 2) {
            makeRoom();
        }
        long hash = hash(flow);
        int slot = slot(hash);
        size += hashes[slot] == 0 ? 1 : 0;
        hashes[slot] = hash;
        long now = moment + 1;
        moments[slot] = now;
        moment = now;
    }

    private void makeRoom() {
        if (hashes.length == maxSlots) {
            Arrays.fill(hashes, 0);
            size = 0;
            forgotten = moment;
            return;
        }
        long[] oldHashes = hashes;
        long[] oldMoments = moments;
        hashes = new long[2 * oldHashes.length];
        moments = new long[2 * oldHashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                moments[slot] = oldMoments[i];
            }
        }
    }

    private long hash(Conntrack flow) {
        key.set(flow);
        return key.hash(sip) | 1;
    }

    /** Where a hash is, or is to be put. */
    private int slot(long hash) {
        int slot = (int) (hash >>> 1) & hashes.length - 1;
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = slot + 1 & hashes.length - 1;
        }
        return slot;
    }

    /** Whether the flow was heard of after that moment, at which somebody listened already. */
    public boolean since(Conntrack flow, long then) {
        if (then < forgotten) {
            return true;
        }
        if (then == moment) {
            return false;
        }
        int slot = slot(hash(flow));
        return hashes[slot] != 0 && moments[slot] > then;
    }
}
