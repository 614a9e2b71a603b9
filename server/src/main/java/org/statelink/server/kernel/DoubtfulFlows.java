/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.NatMapping;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.server.cache.HeardFlows;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.system.Uptime;

/**
 * Flows of which events and what else the daemon knows do not tell whether the kernel has them, because one overtook
 * the other: the kernel is asked, and the internal cache follows. An answer that an event overtook is asked for again.
 * On the state loop.
 */
public final class DoubtfulFlows {
    private static final int LOOKUPS_AT_ONCE = 64;

    private final ConntrackClient client;
    private final InternalCache internal;
    private final HeardFlows heard;
    private final Uptime uptime;
    private final Runnable transmit;
    private final ArrayDeque<Conntrack> waiting = new ArrayDeque<>();
    private List<Runnable> whenSettled = new ArrayList<>();
    private int outstanding;

    /** Asks through the client, which lives on the state loop; {@code transmit} sends what was queued for the peers. */
    public DoubtfulFlows(ConntrackClient client, InternalCache internal, HeardFlows heard, Uptime uptime,
                         Runnable transmit) {
        this.client = client;
        this.internal = internal;
        this.heard = heard;
        this.uptime = uptime;
        this.transmit = transmit;
    }

    /** Adds a flow, of which it keeps a copy. */
    void add(Conntrack flow) {
        Conntrack copy = new Conntrack();
        copy.set(flow);
        waiting.add(copy);
    }

    /** Asks for all; {@code afterwards} runs when none is in doubt. Somebody listens to what is heard until then. */
    void settle(Runnable afterwards) {
        whenSettled.add(afterwards);
        if (outstanding == 0) {
            goOn();
        }
    }

    private void goOn() {
        while (outstanding < LOOKUPS_AT_ONCE && !waiting.isEmpty()) {
            outstanding++;
            ask(waiting.poll());
        }
        if (outstanding == 0) {
            transmit.run();
            List<Runnable> settled = whenSettled;
            whenSettled = new ArrayList<>();
            settled.forEach(Runnable::run);
        }
    }

    private void ask(Conntrack flow) {
        long asked = heard.moment();
        client.get(flow, found -> takeFound(found, flow, asked))
            .addListener((Future<Boolean> answer) -> answered(flow, asked, answer));
    }

    private void takeFound(Conntrack found, Conntrack flow, long asked) {
        if (isLive(flow)) {
            return;
        }
        if (heard.since(flow, asked)) {
            waiting.add(flow);
        } else {
            NatMapping.fromReply(found);
            internal.onUpdate(found, true, uptime.seconds());
        }
    }

    private void answered(Conntrack flow, long asked, Future<Boolean> answer) {
        if (answer.isSuccess() && !answer.getNow() && isLive(flow) && !heard.since(flow, asked)) {
            internal.onDestroy(flow, true);
        }
        outstanding--;
        if (outstanding == 0) {
            goOn();
        }
    }

    private boolean isLive(Conntrack flow) {
        return internal.isLive(internal.find(flow));
    }
}
