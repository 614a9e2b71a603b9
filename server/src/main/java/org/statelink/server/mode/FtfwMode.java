/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.server.Uptime;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.FlowCursor;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.kernel.FlowEvents;
import org.statelink.sync.session.Peer;
import org.statelink.sync.session.SessionListener;
import org.statelink.sync.session.SyncSession;

/**
 * The reliable mode: what the kernel tells goes through the internal cache to the peers, what they tell goes into the
 * external cache, and what gets lost between is asked for again. On the state loop.
 *
 * <p>Source: docs of conntrackd's modes, section 2.
 */
public final class FtfwMode implements FlowEvents, SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(FtfwMode.class);
    private static final int BULK_PAGE = 1024;

    private final InternalCache internal;
    private final ExternalCache external;
    private final EventLoop loop;
    private final Uptime uptime;
    private final FlowCursor bulk = new FlowCursor();
    private SyncSession session;
    private boolean bulkRunning;

    /** A mode between two caches. */
    public FtfwMode(InternalCache internal, ExternalCache external, EventLoop loop, Uptime uptime) {
        this.internal = internal;
        this.external = external;
        this.loop = loop;
        this.uptime = uptime;
    }

    /** Sets the session, which is made after the mode, as it tells the mode what it hears. */
    public void setSession(SyncSession session) {
        this.session = session;
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
    public void onBurstEnd() {
        session.transmit();
    }

    @Override
    public void onState(int type, Peer peer, Conntrack flow, ByteBuf body) {
        external.apply(type, peer.index(), flow, uptime.seconds());
    }

    @Override
    public void onResyncRequested(Peer peer) {
        LOG.info("resync requested by other node");
        sendBulk();
    }

    /** Asks the peers for all they have. */
    public void requestResync() {
        LOG.info("resync requested");
        session.requestResync();
    }

    /** Tells the peers of every flow, page by page; a bulk under way starts over. */
    public void sendBulk() {
        LOG.info("sending bulk update");
        bulk.rewind();
        if (!bulkRunning) {
            bulkRunning = true;
            sendBulkPage();
        }
    }

    private void sendBulkPage() {
        bulkRunning = internal.sendPage(bulk, BULK_PAGE);
        session.transmit();
        if (bulkRunning) {
            loop.schedule(this::sendBulkPage, 0, TimeUnit.NANOSECONDS);
        }
    }
}
