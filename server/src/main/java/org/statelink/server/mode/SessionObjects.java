/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.mode;

import io.netty.buffer.ByteBuf;
import org.statelink.server.cache.InternalCaches;
import org.statelink.server.cache.InternalEntries;
import org.statelink.sync.session.ObjectSource;
import org.statelink.sync.session.SyncSession;

/**
 * Both internal caches as the session sees them: one source of objects. The ref of an expectation has a bit that the
 * ref of a flow has not. On the state loop.
 */
public final class SessionObjects implements ObjectSource {
    /** No cache has so many entries. */
    private static final int EXPECTATION = 1 << 30;

    private final InternalEntries<?> flows;
    private final InternalEntries<?> expectations;

    /** The objects of these caches. */
    public SessionObjects(InternalCaches caches) {
        flows = caches.flows();
        expectations = caches.expectations();
    }

    /** Sets the session of both caches, which is made after this, as it reads from it. */
    public void connect(SyncSession session) {
        flows.setSession(new CacheToSession(session, 0));
        expectations.setSession(new CacheToSession(session, EXPECTATION));
    }

    private InternalEntries<?> cacheOf(int ref) {
        return (ref & EXPECTATION) == 0 ? flows : expectations;
    }

    private static int inCache(int ref) {
        return ref & ~EXPECTATION;
    }

    @Override
    public int type(int ref) {
        return cacheOf(ref).type(inCache(ref));
    }

    @Override
    public void encode(int ref, ByteBuf out) {
        cacheOf(ref).encode(inCache(ref), out);
    }

    @Override
    public int queueState(int ref) {
        return cacheOf(ref).queueState(inCache(ref));
    }

    @Override
    public int queuePosition(int ref) {
        return cacheOf(ref).queuePosition(inCache(ref));
    }

    @Override
    public void setQueue(int ref, int state, int position) {
        cacheOf(ref).setQueue(inCache(ref), state, position);
    }

    @Override
    public void released(int ref) {
        cacheOf(ref).released(inCache(ref));
    }
}
