/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.conntrack.netlink.ConntrackEncoder;
import org.statelink.conntrack.netlink.ConntrackRequest;
import org.statelink.server.cache.CommitOrder;
import org.statelink.server.cache.EntryPage;

/**
 * Entries on their way into the kernel, and what became of each. The state loop fills it and reads what became of it,
 * in between it belongs to the kernel loop.
 */
final class CommitPage<E extends ConntrackEntry> {
    /** What became of an entry. */
    enum Outcome {
        /** The kernel did not take it. */
        REFUSED,
        /** The kernel did not have it. */
        CREATED,
        /** The kernel had it, and has this one instead. */
        REPLACED,
        /** The kernel had it, and changed it. */
        CHANGED,
        /** The kernel had it, and then did not take this one instead. */
        LOST
    }

    private static final int REQUEST_BYTES = 128 * 1024;

    private final EntryPage<E> entries;
    private final E scratch;
    private final ConntrackEncoder encoder = new ConntrackEncoder();
    private final ByteBuf requests = Unpooled.buffer(REQUEST_BYTES);
    private int[] requestEnds = new int[0];
    private boolean[] replaced = new boolean[0];
    private Outcome[] outcomes = new Outcome[0];
    private CommitRules<E> rules;
    private int nowSeconds;
    private long moment;
    private int next;

    /** A page whose entries are kept in the given one, and decoded into {@code scratch} to make requests of them. */
    CommitPage(EntryPage<E> entries, E scratch) {
        this.entries = entries;
        this.scratch = scratch;
    }

    /**
     * Fills the page with what is next in order.
     *
     * @param how what is made of each entry before the kernel gets it
     * @param now the clock by which the cache tells when its entries were stored
     * @param since what is heard of an entry after this moment may be newer than the page
     * @return whether the iteration goes on
     */
    boolean fill(CommitOrder<E> order, CommitRules<E> how, int now, long since) {
        boolean more = order.page(entries);
        rules = how;
        nowSeconds = now;
        moment = since;
        if (entries.size() > outcomes.length) {
            outcomes = new Outcome[entries.size()];
            requestEnds = new int[entries.size()];
            replaced = new boolean[entries.size()];
        }
        Arrays.fill(outcomes, 0, entries.size(), Outcome.REFUSED);
        next = 0;
        encode();
        return more;
    }

    /** Here rather than on the kernel loop, whose time is what a commit takes. */
    private void encode() {
        requests.clear();
        while (next(scratch)) {
            encoder.encode(ConntrackRequest.CREATE, requests, 0, scratch);
            requestEnds[index()] = requests.writerIndex();
            replaced[index()] = rules.replaces(scratch);
        }
    }

    /** Requests to create the entries, one behind the other, without sequence numbers. */
    ByteBuf requests() {
        return requests;
    }

    /** Where the request of an entry begins. */
    int requestStart(int index) {
        return index == 0 ? 0 : requestEnds[index - 1];
    }

    /** Where it ends. */
    int requestEnd(int index) {
        return requestEnds[index];
    }

    /** Whether the entry takes the place of one that the kernel has, rather than changing it. */
    boolean replaces(int index) {
        return replaced[index];
    }

    int size() {
        return entries.size();
    }

    long moment() {
        return moment;
    }

    /** Goes back to the first entry. */
    void rewind() {
        entries.rewind();
        next = 0;
    }

    /** Decodes the next entry as the kernel gets it; false when there is none left. */
    boolean next(E into) {
        if (!entries.next(into)) {
            return false;
        }
        rules.prepare(into, nowSeconds - entries.storedAt());
        next++;
        return true;
    }

    /** Place of the entry read last. */
    int index() {
        return next - 1;
    }

    /** Adds to the entry read last what is not stored. */
    void complete(E entry) {
        entries.complete(entry);
    }

    /** What became of an entry. */
    Outcome outcome(int index) {
        return outcomes[index];
    }

    /** Says what became of an entry. */
    void setOutcome(int index, Outcome outcome) {
        outcomes[index] = outcome;
    }

    /** Entries that are in the kernel now. */
    int committed() {
        int committed = 0;
        for (int i = 0; i < size(); i++) {
            committed += outcomes[i] == Outcome.REFUSED || outcomes[i] == Outcome.LOST ? 0 : 1;
        }
        return committed;
    }
}
