/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.util.concurrent.Future;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.server.cache.InternalCache;

/**
 * Asks the kernel for flows of the internal cache, some at a time; those that it does not know die, unless something
 * was heard of them meanwhile. On the state loop.
 */
final class MissingFlows {
    private static final int LOOKUPS_AT_ONCE = 64;

    /** Where the flows come from. */
    interface Source {
        /** Fills in the next one; false when there is none left. */
        boolean next(Conntrack into);
    }

    private final ConntrackClient client;
    private final InternalCache internal;
    private final Source source;
    private final Runnable whenDone;
    private int outstanding;

    MissingFlows(ConntrackClient client, InternalCache internal, Source source, Runnable whenDone) {
        this.client = client;
        this.internal = internal;
        this.source = source;
        this.whenDone = whenDone;
    }

    /** Asks for the next ones; runs {@code whenDone} when the source has none and all are answered. */
    void lookUp() {
        Conntrack flow = new Conntrack();
        while (outstanding < LOOKUPS_AT_ONCE && source.next(flow)) {
            outstanding++;
            ask(flow);
            flow = new Conntrack();
        }
        if (outstanding == 0) {
            whenDone.run();
        }
    }

    private void ask(Conntrack flow) {
        client.get(flow, known -> { }).addListener((Future<Boolean> answer) -> answered(flow, answer));
    }

    private void answered(Conntrack flow, Future<Boolean> answer) {
        if (answer.isSuccess() && !answer.getNow()) {
            internal.onMissing(flow, true);
        }
        outstanding--;
        if (outstanding == 0) {
            lookUp();
        }
    }
}
