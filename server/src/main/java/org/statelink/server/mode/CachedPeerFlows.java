/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.server.cache.ExternalCaches;
import org.statelink.server.system.Uptime;
import org.statelink.sync.session.Peer;

/** The peers' flows kept in the external caches, until a commit wants them. */
public final class CachedPeerFlows implements PeerFlows {
    private final ExternalCaches external;
    private final Uptime uptime;

    /** The caches that they are kept in. */
    public CachedPeerFlows(ExternalCaches external, Uptime uptime) {
        this.external = external;
        this.uptime = uptime;
    }

    @Override
    public void onState(int type, Peer peer, Conntrack flow) {
        external.flows().apply(type, peer.index(), flow, uptime.seconds());
    }

    @Override
    public void onExpectation(int type, Peer peer, Expectation expectation) {
        external.expectations().apply(type, peer.index(), expectation, uptime.seconds());
    }
}
