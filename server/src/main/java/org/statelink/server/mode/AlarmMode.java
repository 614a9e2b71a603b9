/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.statelink.config.Mode;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.server.cache.ExternalCaches;
import org.statelink.server.cache.InternalCaches;
import org.statelink.server.system.Uptime;
import org.statelink.sync.session.Peer;
import org.statelink.sync.session.SyncSession;

/**
 * The mode of timers: each flow is told again and again at random times, and a peer's flow that is not told of for long
 * disappears. Nobody asks for anything, so requests to do so do nothing. On the state loop.
 *
 * <p>Source: docs of conntrackd's modes, section 4.
 */
public final class AlarmMode implements SyncMode {
    private static final long TICK_MILLIS = 200;
    private static final int PAGE = 1024;

    private final InternalCaches internal;
    private final ExternalCaches external;
    private final LocalFlows local;
    private final PeerFlows remote;
    private final SyncSession session;
    private final EventLoop loop;
    private final Uptime uptime;
    private Future<?> tick;

    /** A mode between caches, which get their timers; they must be empty. */
    public AlarmMode(Mode.Alarm config, InternalCaches internal, ExternalCaches external, SyncSession session,
                     EventLoop loop, Uptime uptime, RandomGenerator random) {
        this.internal = internal;
        this.external = external;
        this.session = session;
        this.loop = loop;
        this.uptime = uptime;
        local = new CachedFlows(internal, session, loop, uptime);
        remote = new CachedPeerFlows(external, uptime);
        internal.flows().refreshWithin(config.refreshTime(), random);
        internal.expectations().refreshWithin(config.refreshTime(), random);
        external.flows().expireAfter(config.cacheTimeout());
        external.expectations().expireAfter(config.cacheTimeout());
    }

    @Override
    public void start() {
        onTick();
    }

    @Override
    public void onFlow(ConntrackEventType type, Conntrack flow, boolean ownDoing) {
        local.onFlow(type, flow, ownDoing);
    }

    @Override
    public void onExpectation(ConntrackEventType type, Expectation expectation, boolean ownDoing) {
        local.onExpectation(type, expectation, ownDoing);
    }

    @Override
    public void onBurstEnd() {
        session.transmit();
    }

    @Override
    public void onState(int type, Peer peer, Conntrack flow, ByteBuf body) {
        remote.onState(type, peer, flow);
    }

    @Override
    public void onExpectation(int type, Peer peer, Expectation expectation) {
        remote.onExpectation(type, peer, expectation);
    }

    /** A page of each cache per turn, so that events are served in between. */
    private void onTick() {
        long now = uptime.nanos();
        boolean more = internal.flows().refreshPage(now, PAGE);
        more |= internal.expectations().refreshPage(now, PAGE);
        more |= external.flows().expirePage(now, PAGE);
        more |= external.expectations().expirePage(now, PAGE);
        session.transmit();
        tick = loop.schedule(this::onTick, more ? 0 : TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onResyncRequested(Peer peer) {
        // the timers tell everything in time
    }

    @Override
    public void requestResync() {
        // nobody would listen
    }

    @Override
    public void sendBulk() {
        // the timers tell everything in time
    }

    @Override
    public void close() {
        if (tick != null) {
            tick.cancel(false);
        }
    }
}
