/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.util.Arrays;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.server.cache.EntryCursor;
import org.statelink.server.cache.EntryPage;
import org.statelink.server.cache.EntrySelection;
import org.statelink.server.cache.ExternalEntries;

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

    private final EntryPage<E> entries;
    private Outcome[] outcomes = new Outcome[0];
    private CommitRules<E> rules;
    private int nowSeconds;
    private long moment;
    private int next;

    /** A page whose entries are kept in the given one. */
    CommitPage(EntryPage<E> entries) {
        this.entries = entries;
    }

    /**
     * Fills the page from where the cursor is.
     *
     * @param now the clock by which the cache tells when its entries were stored
     * @param since what is heard of an entry after this moment may be newer than the page
     * @return whether the iteration goes on
     */
    boolean fill(ExternalEntries<E> cache, EntryCursor cursor, EntrySelection selection, int now, long since) {
        boolean more = cache.page(cursor, selection, entries);
        nowSeconds = now;
        moment = since;
        if (entries.size() > outcomes.length) {
            outcomes = new Outcome[entries.size()];
        }
        Arrays.fill(outcomes, 0, entries.size(), Outcome.REFUSED);
        next = 0;
        return more;
    }

    int size() {
        return entries.size();
    }

    long moment() {
        return moment;
    }

    /** Sets what is made of each entry before the kernel gets it. */
    void setRules(CommitRules<E> rules) {
        this.rules = rules;
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
