/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import org.statelink.server.cache.CacheSession;
import org.statelink.sync.session.SyncSession;

/** What the internal cache asks of its session, handed on to the conversation with the peers. */
public final class CacheToSession implements CacheSession {
    private final SyncSession session;

    /** Hands on to the given session. */
    public CacheToSession(SyncSession session) {
        this.session = session;
    }

    @Override
    public void send(int ref) {
        session.send(ref);
    }

    @Override
    public void forget(int ref) {
        session.forget(ref);
    }
}
