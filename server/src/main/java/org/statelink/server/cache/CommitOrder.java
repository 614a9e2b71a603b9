/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/**
 * The order in which a commit takes what the peers told: flows that are established, then those that are answered, then
 * the rest; a master before what belongs to it, which is why some come earlier than their turn. Within that, as the
 * cursor goes. Every entry that is there from the first page to the last is taken exactly once, whatever is told of it
 * meanwhile; one that begins anew is another one. On the state loop.
 */
public final class CommitOrder<E> {
    /** Headers have one byte for it, and 0 is none. */
    private static final int NUMBERS = 255;
    /** A call by H.323 has two. Peers may tell of masters in a circle. */
    private static final int MOST_GENERATIONS = 4;

    private final EntryStore<E> store;
    private final EntryHeaders headers;
    private final EntryCursor cursor;
    private final E related;
    private int number;
    private int turn;

    CommitOrder(EntryStore<E> store, EntryCursor cursor) {
        this.store = store;
        this.cursor = cursor;
        headers = store.table().headers();
        related = store.kind().newEntry();
    }

    /** Begins another commit. */
    public void begin() {
        number = number % NUMBERS + 1;
        turn = 0;
        cursor.rewind();
    }

    /**
     * Fills a page with copies of the next entries. It may stay empty though the iteration goes on: what it may cost is
     * bounded.
     *
     * @return whether the iteration goes on
     */
    public boolean page(EntryPage<E> page) {
        EntryTable table = store.table();
        table.checkThread();
        page.clear();
        cursor.begin(table.end());
        for (int i = 0; i < EntryStore.MAX_LOOKED_AT && cursor.hasNext() && page.hasRoom(); i++) {
            int ref = cursor.peek();
            int next = isDue(ref) ? eldest(ref) : 0;
            if (next != 0) {
                page.add(table, next);
                headers.setByte(next, EntryHeaders.COMMIT, number);
            }
            if (next == 0 || next == ref) {
                cursor.advance();
            }
        }
        return cursor.hasNext() || beginTurn();
    }

    private boolean beginTurn() {
        cursor.rewind();
        return turn++ < FlowTurn.REST;
    }

    /** In its turn, or afterwards, for whose turn came while others had theirs is not forgotten. */
    private boolean isDue(int ref) {
        return store.isThere(ref) && !isTaken(ref) && headers.getByte(ref, EntryHeaders.TURN) <= turn;
    }

    private boolean isTaken(int ref) {
        return headers.getByte(ref, EntryHeaders.COMMIT) == number;
    }

    /** The one farthest up of its masters that are still to be taken, or the entry itself. */
    private int eldest(int ref) {
        int eldest = ref;
        for (int i = 0; i < MOST_GENERATIONS; i++) {
            int master = masterOf(eldest);
            if (master == 0 || master == ref || isTaken(master)) {
                return eldest;
            }
            eldest = master;
        }
        return eldest;
    }

    private int masterOf(int ref) {
        if ((headers.getByte(ref, EntryHeaders.FLAGS) & EntryFlags.MASTER) == 0) {
            return 0;
        }
        store.decode(ref, related);
        store.kind().toMaster(related);
        return store.find(related);
    }
}
