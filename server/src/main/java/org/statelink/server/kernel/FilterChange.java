/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.NatMapping;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.server.cache.EntryCursor;
import org.statelink.server.cache.EntrySelection;
import org.statelink.server.cache.FlowPage;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.system.Uptime;

/**
 * Makes the internal cache what it would be had another filter been in force from the start, and tells the peers only
 * of the difference. Events are filtered by the new one already. On the state loop, page by page:
 * <ol>
 *   <li>flows of the cache that the new filter ignores die
 *   <li>the kernel's table is read; flows that the old filter ignored, and the new one does not, are added
 *   <li>the kernel is asked for each of those again: one that ended between being read and being added, so that the
 *     event of its end found nothing, dies
 * </ol>
 */
final class FilterChange {
    private static final int TRANSMIT_EACH = 1024;

    private final ConntrackClient client;
    private final InternalCache internal;
    private final EventFilter before;
    private final EventFilter after;
    private final Uptime uptime;
    private final Runnable transmit;
    private final EventLoop loop;
    private final Promise<FilterOutcome> promise;
    private final EntryCursor cursor = new EntryCursor();
    private final FlowPage page = new FlowPage();
    private final Conntrack flow = new Conntrack();
    private int[] added = new int[TRANSMIT_EACH];
    private int addedCount;
    private int checked;
    private int removed;

    FilterChange(ConntrackClient client, InternalCache internal, EventFilter before, EventFilter after, Uptime uptime,
                 Runnable transmit) {
        this.client = client;
        this.internal = internal;
        this.before = before;
        this.after = after;
        this.uptime = uptime;
        this.transmit = transmit;
        loop = client.channel().eventLoop();
        promise = loop.newPromise();
    }

    /** Starts; the future fails if the kernel's table cannot be read. */
    Future<FilterOutcome> start() {
        internal.beginResync();
        removePage();
        return promise;
    }

    private void removePage() {
        boolean more = internal.page(cursor, EntrySelection.LIVE, page);
        while (page.next(flow)) {
            page.complete(flow);
            if (!after.accepts(flow)) {
                internal.onIgnored(flow);
                removed++;
            }
        }
        transmit.run();
        if (more) {
            // through the loop's timers, so that events are served before the next page
            loop.schedule(this::removePage, 0, TimeUnit.NANOSECONDS);
        } else {
            client.dump(0, this::take).addListener((Future<Long> dump) -> read(dump));
        }
    }

    /** What was heard of since the change is newer in the cache than here. */
    private void take(Conntrack known) {
        if (!after.accepts(known)) {
            return;
        }
        boolean wasIgnored = !before.accepts(known);
        NatMapping.fromReply(known);
        int ref = internal.find(known);
        if (ref == 0 || !internal.isLive(ref) || wasIgnored && !internal.isSeen(ref)) {
            remember(internal.onUpdate(known, true, uptime.seconds()));
        }
    }

    private void remember(int ref) {
        if (ref == 0) {
            return;
        }
        if (addedCount == added.length) {
            added = Arrays.copyOf(added, 2 * added.length);
        }
        added[addedCount++] = ref;
        if (addedCount % TRANSMIT_EACH == 0) {
            transmit.run();
        }
    }

    private void read(Future<Long> dump) {
        transmit.run();
        if (!dump.isSuccess()) {
            promise.setFailure(dump.cause());
            return;
        }
        internal.beginResync();
        new MissingFlows(client, internal, this::nextUnheard, this::done).lookUp();
    }

    private boolean nextUnheard(Conntrack into) {
        while (checked < addedCount) {
            int ref = added[checked++];
            if (internal.isLive(ref) && !internal.isSeen(ref)) {
                internal.decode(ref, into);
                return true;
            }
        }
        return false;
    }

    private void done() {
        transmit.run();
        promise.setSuccess(new FilterOutcome(removed, addedCount));
    }
}
