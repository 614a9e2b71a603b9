/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.server.cache.FlowCursor;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.system.Uptime;
import org.statelink.sync.session.SyncSession;

/** This node's flows kept in the internal cache, from which the session sends them as they are by then. */
public final class CachedFlows implements LocalFlows {
    private static final int BULK_PAGE = 1024;

    private final InternalCache internal;
    private final SyncSession session;
    private final EventLoop loop;
    private final Uptime uptime;
    private final FlowCursor bulk = new FlowCursor();
    private boolean bulkRunning;

    /** The cache that the session sends from. */
    public CachedFlows(InternalCache internal, SyncSession session, EventLoop loop, Uptime uptime) {
        this.internal = internal;
        this.session = session;
        this.loop = loop;
        this.uptime = uptime;
    }

    @Override
    public void onFlow(ConntrackEventType type, Conntrack flow, boolean ownDoing) {
        switch (type) {
            case NEW -> internal.onNew(flow, !ownDoing, uptime.seconds());
            case UPDATE -> internal.onUpdate(flow, !ownDoing, uptime.seconds());
            case DESTROY -> internal.onDestroy(flow, !ownDoing);
        }
    }

    @Override
    public void sendAll() {
        bulk.rewind();
        if (!bulkRunning) {
            bulkRunning = true;
            sendPage();
        }
    }

    private void sendPage() {
        bulkRunning = internal.sendPage(bulk, BULK_PAGE);
        session.transmit();
        if (bulkRunning) {
            loop.schedule(this::sendPage, 0, TimeUnit.NANOSECONDS);
        }
    }
}
