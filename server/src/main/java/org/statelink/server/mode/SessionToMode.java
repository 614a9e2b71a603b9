/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.sync.session.Peer;
import org.statelink.sync.session.SessionListener;

/** What the session hears, handed on to the mode, which is made after the session. */
public final class SessionToMode implements SessionListener {
    private SyncMode mode;

    /** Sets the mode, before the session hears anything. */
    public void connect(SyncMode listener) {
        mode = listener;
    }

    @Override
    public void onState(int type, Peer peer, Conntrack flow, ByteBuf body) {
        mode.onState(type, peer, flow, body);
    }

    @Override
    public void onExpectation(int type, Peer peer, Expectation expectation) {
        mode.onExpectation(type, peer, expectation);
    }

    @Override
    public void onResyncRequested(Peer peer) {
        mode.onResyncRequested(peer);
    }
}
