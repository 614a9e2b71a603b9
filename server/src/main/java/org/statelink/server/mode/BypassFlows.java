/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import io.netty.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.NatMapping;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.server.kernel.EventFilter;
import org.statelink.server.kernel.KernelView;
import org.statelink.server.log.QuietLog;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.session.SyncSession;

/**
 * This node's flows without an internal cache: each event goes to the peers as it is, and when they want everything the
 * kernel is asked. Source: docs of conntrackd's modes, section 6; better than there, a burst of events is sent at its
 * end and does not wait for the next message.
 */
public final class BypassFlows implements LocalFlows {
    private static final Logger LOG = LoggerFactory.getLogger(BypassFlows.class);

    private final SyncSession session;
    private final ConntrackClient client;
    private final EventFilter filter;
    private final KernelView view;
    private final Uptime uptime;
    private final boolean withTimeout;
    private final boolean withWindowScale;
    private final QuietLog quiet = new QuietLog(LOG);
    private long created;
    private long updated;
    private long destroyed;
    private boolean dumping;
    private boolean dumpAgain;

    /**
     * Flows of the kernel's table.
     *
     * @param client a socket on the state loop that has no other use
     * @param withTimeout whether peers are sent timeouts
     * @param withWindowScale whether peers are sent TCP window scales
     */
    public BypassFlows(SyncSession session, ConntrackClient client, EventFilter filter, KernelView view, Uptime uptime,
                       boolean withTimeout, boolean withWindowScale) {
        this.session = session;
        this.client = client;
        this.filter = filter;
        this.view = view;
        this.uptime = uptime;
        this.withTimeout = withTimeout;
        this.withWindowScale = withWindowScale;
        session.whenWritable(client::resume);
    }

    /** The kernel's table, to be shown instead of a cache. */
    public KernelView view() {
        return view;
    }

    /** New flows that the peers were told of. */
    public long created() {
        return created;
    }

    /** Updates that the peers were told of. */
    public long updated() {
        return updated;
    }

    /** Ends of flows that the peers were told of. */
    public long destroyed() {
        return destroyed;
    }

    @Override
    public void onFlow(ConntrackEventType type, Conntrack flow, boolean ownDoing) {
        if (ownDoing) {
            return;
        }
        if (!session.isWritable()) {
            session.dropState();
            quiet.warn("full", uptime.nanos(), "the dedicated link takes no more, states are lost");
            return;
        }
        switch (type) {
            case NEW -> {
                created++;
                send(MessageType.CT_NEW, flow);
            }
            case UPDATE -> {
                updated++;
                send(MessageType.CT_UPDATE, flow);
            }
            case DESTROY -> {
                destroyed++;
                send(MessageType.CT_DELETE, flow);
            }
        }
    }

    private void send(int type, Conntrack flow) {
        session.sendState(type, flow, withTimeout, withWindowScale);
    }

    @Override
    public void sendAll() {
        if (dumping) {
            dumpAgain = true;
            return;
        }
        dumping = true;
        client.dump(0, this::sendListed).addListener((Future<Long> dump) -> sentAll(dump));
    }

    private void sendListed(Conntrack flow) {
        if (filter.accepts(flow)) {
            NatMapping.fromReply(flow);
            send(MessageType.CT_NEW, flow);
            if (!session.isWritable()) {
                client.pause();
            }
        }
    }

    private void sentAll(Future<Long> dump) {
        if (!dump.isSuccess()) {
            LOG.error("the kernel's connections could not be read: {}", dump.cause().getMessage());
        }
        session.transmit();
        dumping = false;
        if (dumpAgain) {
            dumpAgain = false;
            sendAll();
        }
    }
}
