/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.NatMapping;
import org.statelink.conntrack.TcpStates;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.server.cache.CacheSession;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.flowlog.EndReason;
import org.statelink.server.kernel.FlowEvents;
import org.statelink.server.system.Uptime;

/**
 * Keeps the kernel's flows in the cache, and notes those that end: by event, with what the kernel tells then, or found
 * missing after events were lost, with what is known of them. On the state loop.
 */
final class CollectedFlows implements FlowEvents, CacheSession {
    private final InternalCache cache;
    private final EndedFlows ended;
    private final Uptime uptime;
    private final Conntrack missing = new Conntrack();

    CollectedFlows(InternalCache cache, EndedFlows ended, Uptime uptime) {
        this.cache = cache;
        this.ended = ended;
        this.uptime = uptime;
    }

    /** As conntrackd, this leaves a flow that is there already as it is when it is told to be new. */
    @Override
    public void onFlow(ConntrackEventType type, Conntrack flow, boolean ownDoing) {
        switch (type) {
            case NEW -> {
                if (cache.find(flow) == 0) {
                    cache.onNew(flow, false, uptime.seconds());
                }
            }
            case UPDATE -> cache.onUpdate(flow, false, uptime.seconds());
            case DESTROY -> {
                if (cache.onDestroy(flow, false)) {
                    // what it had left when it was deleted is of no use, and not shown by conntrackd
                    flow.forget(Field.TIMEOUT);
                    ended.add(flow, ownDoing ? EndReason.FLUSHED : reason(flow));
                }
            }
        }
    }

    /** None is asked for. */
    @Override
    public void onExpectation(ConntrackEventType type, Expectation expectation, boolean ownDoing) {
    }

    private static EndReason reason(Conntrack flow) {
        boolean closing = flow.original().protocol() == IpProtocol.TCP && flow.has(Field.PROTOCOL_STATE)
            && flow.protocol().state() >= TcpStates.LAST_ACK && flow.protocol().state() <= TcpStates.CLOSE;
        return closing ? EndReason.CLOSED : EndReason.EXPIRED;
    }

    @Override
    public void onBurstEnd() {
        ended.onBurstEnd();
    }

    /** The cache tells of repairs only; events are told of by the kernel. */
    @Override
    public void send(int ref) {
        if (cache.isDead(ref)) {
            cache.decode(ref, missing);
            missing.forget(Field.TIMEOUT);
            NatMapping.toReply(missing);
            ended.add(missing, EndReason.MISSING);
        }
    }

    /** It does not count any more, but has not ended. */
    @Override
    public void withdraw(int ref) {
    }

    @Override
    public void forget(int ref) {
    }
}
