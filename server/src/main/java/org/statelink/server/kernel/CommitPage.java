/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import java.util.Arrays;
import org.statelink.conntrack.Conntrack;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.FlowCursor;
import org.statelink.server.cache.FlowPage;
import org.statelink.server.cache.FlowSelection;

/**
 * Flows on their way into the kernel, and what became of each. The state loop fills it and reads what became of it, in
 * between it belongs to the kernel loop.
 */
final class CommitPage {
    /** What became of a flow. */
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

    private final FlowPage flows = new FlowPage();
    private Outcome[] outcomes = new Outcome[0];
    private CommitPreparation preparation;
    private int nowSeconds;
    private long moment;
    private int next;

    /**
     * Fills the page from where the cursor is.
     *
     * @param now the clock by which the cache tells when its flows were stored
     * @param since what is heard of a flow after this moment may be newer than the page
     * @return whether the iteration goes on
     */
    boolean fill(ExternalCache cache, FlowCursor cursor, FlowSelection selection, int now, long since) {
        boolean more = cache.page(cursor, selection, flows);
        nowSeconds = now;
        moment = since;
        if (flows.size() > outcomes.length) {
            outcomes = new Outcome[flows.size()];
        }
        Arrays.fill(outcomes, 0, flows.size(), Outcome.REFUSED);
        next = 0;
        return more;
    }

    int size() {
        return flows.size();
    }

    long moment() {
        return moment;
    }

    /** Sets what is made of each flow before the kernel gets it. */
    void setPreparation(CommitPreparation preparation) {
        this.preparation = preparation;
    }

    /** Goes back to the first flow. */
    void rewind() {
        flows.rewind();
        next = 0;
    }

    /** Decodes the next flow as the kernel gets it; false when there is none left. */
    boolean next(Conntrack into) {
        if (!flows.next(into)) {
            return false;
        }
        preparation.prepare(into, nowSeconds - flows.storedAt());
        next++;
        return true;
    }

    /** Place of the flow read last. */
    int index() {
        return next - 1;
    }

    /** Gives the flow read last its reply tuple. */
    void restoreReply(Conntrack flow) {
        flows.restoreReply(flow);
    }

    /** What became of the flow read last. */
    Outcome outcome() {
        return outcomes[next - 1];
    }

    /** Says what became of a flow. */
    void setOutcome(int index, Outcome outcome) {
        outcomes[index] = outcome;
    }

    /** Flows that are in the kernel now. */
    int committed() {
        int committed = 0;
        for (int i = 0; i < size(); i++) {
            committed += outcomes[i] == Outcome.REFUSED || outcomes[i] == Outcome.LOST ? 0 : 1;
        }
        return committed;
    }
}
