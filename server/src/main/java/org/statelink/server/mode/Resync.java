/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.sync.session.SyncSession;

/** Asking the peers for everything, and telling them everything, for modes that can. On the state loop. */
final class Resync {
    private static final Logger LOG = LoggerFactory.getLogger(Resync.class);

    private final LocalFlows local;
    private final SyncSession session;
    private final Losses losses;

    Resync(LocalFlows local, SyncSession session, Losses losses) {
        this.local = local;
        this.session = session;
        this.losses = losses;
    }

    /** Asks for everything. */
    void request() {
        LOG.info("resync requested");
        losses.askedForAll();
        session.requestResync();
    }

    /** A peer asks for everything. */
    void onRequest() {
        LOG.info("resync requested by other node");
        sendBulk();
    }

    /** Tells everything. */
    void sendBulk() {
        LOG.info("sending bulk update");
        losses.toldAll();
        local.sendAll();
    }
}
