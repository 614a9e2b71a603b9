/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.sync.session.Peer;
import org.statelink.sync.session.SyncSession;

/**
 * The modes in which peers are told of what changes, FTFW and NOTRACK: what the kernel tells goes through the internal
 * cache, if there is one, to the peers, what they tell goes into the external cache or the kernel. What becomes of a
 * message that is lost between them is all that they differ in, which is the session's work. On the state loop. Source:
 * docs of conntrackd's modes, sections 2 and 3.
 */
public final class EventMode implements SyncMode {
    private final LocalFlows local;
    private final PeerFlows remote;
    private final SyncSession session;
    private final Resync resync;

    /** A mode between this node's flows and the peers'; {@code losses} hears when everything is told. */
    public EventMode(LocalFlows local, PeerFlows remote, SyncSession session, Losses losses) {
        this.local = local;
        this.remote = remote;
        this.session = session;
        resync = new Resync(local, session, losses);
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

    @Override
    public void onResyncRequested(Peer peer) {
        resync.onRequest();
    }

    @Override
    public void requestResync() {
        resync.request();
    }

    @Override
    public void sendBulk() {
        resync.sendBulk();
    }
}
