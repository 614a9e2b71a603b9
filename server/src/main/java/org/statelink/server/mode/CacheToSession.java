/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import org.statelink.server.cache.CacheSession;
import org.statelink.sync.session.SyncSession;

/** What an internal cache asks of its session, handed on to the conversation with the peers. */
final class CacheToSession implements CacheSession {
    private final SyncSession session;
    private final int mark;

    /** Hands on to the given session, which knows the cache's refs by the bits of {@code mark}. */
    CacheToSession(SyncSession session, int mark) {
        this.session = session;
        this.mark = mark;
    }

    @Override
    public void send(int ref) {
        session.send(ref | mark);
    }

    @Override
    public void forget(int ref) {
        session.forget(ref | mark);
    }
}
