/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.server.cache.EntryCursor;
import org.statelink.server.cache.InternalCaches;
import org.statelink.server.cache.InternalEntries;
import org.statelink.server.system.Uptime;
import org.statelink.sync.session.SyncSession;

/**
 * This node's flows and expectations kept in the internal caches, from which the session sends them as they are by
 * then.
 */
public final class CachedFlows implements LocalFlows {
    private static final int BULK_PAGE = 1024;

    private final InternalCaches internal;
    private final SyncSession session;
    private final EventLoop loop;
    private final Uptime uptime;
    private final EntryCursor bulk = new EntryCursor();
    private InternalEntries<?> bulkOf;

    /** The caches that the session sends from. */
    public CachedFlows(InternalCaches internal, SyncSession session, EventLoop loop, Uptime uptime) {
        this.internal = internal;
        this.session = session;
        this.loop = loop;
        this.uptime = uptime;
    }

    @Override
    public void onFlow(ConntrackEventType type, Conntrack flow, boolean ownDoing) {
        switch (type) {
            case NEW -> internal.flows().onNew(flow, !ownDoing, uptime.seconds());
            case UPDATE -> internal.flows().onUpdate(flow, !ownDoing, uptime.seconds());
            case DESTROY -> internal.flows().onDestroy(flow, !ownDoing);
        }
    }

    /** An expectation counts with its master only; at its end the master may have gone before. */
    @Override
    public void onExpectation(ConntrackEventType type, Expectation expectation, boolean ownDoing) {
        if (type == ConntrackEventType.DESTROY) {
            internal.expectations().onDestroy(expectation, !ownDoing);
        } else if (internal.knowsMaster(expectation)) {
            internal.expectations().onNew(expectation, !ownDoing, uptime.seconds());
        }
    }

    @Override
    public void sendAll() {
        boolean running = bulkOf != null;
        begin(internal.flows());
        if (!running) {
            sendPage();
        }
    }

    private void begin(InternalEntries<?> cache) {
        bulkOf = cache;
        bulk.rewind();
    }

    private void sendPage() {
        boolean more = bulkOf.sendPage(bulk, BULK_PAGE);
        session.transmit();
        if (!more && bulkOf == internal.flows()) {
            begin(internal.expectations());
        } else if (!more) {
            bulkOf = null;
            return;
        }
        loop.schedule(this::sendPage, 0, TimeUnit.NANOSECONDS);
    }
}
