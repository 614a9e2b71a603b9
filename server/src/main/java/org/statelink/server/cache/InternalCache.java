/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.session.ObjectSource;

/**
 * The flows of this node, as the kernel tells of them; the objects that the session sends. A ref names a flow from its
 * creation until it is freed, and may then name another one.
 *
 * <p>A flow that ends is dead: kept until the session has no more need to tell of it. All methods are called on the
 * state loop, which is the thread of the first call. Seconds are of one clock that does not go back, the caller's.
 * Flows are read during the call only; their NAT fields are already derived from the reply tuple
 * ({@link org.statelink.conntrack.NatMapping#fromReply}). Source: docs of conntrackd's modes, section 5.
 */
public final class InternalCache implements ObjectSource, FlushableCache, AutoCloseable {
    private final FlowStore store;
    private final FlowTable table;
    private final EntryHeaders headers;
    private boolean withTimeout;
    private boolean withWindowScale;
    private long trafficBytes;
    private long trafficPackets;

    /**
     * An empty cache.
     *
     * @param limit           most objects, dead ones included (HashLimit)
     * @param withTimeout     whether peers are sent timeouts; not where CommitTimeout is set
     * @param withWindowScale whether peers are sent TCP window scales; only where TCPWindowTracking is set
     */
    public InternalCache(int limit, boolean withTimeout, boolean withWindowScale) {
        this(new FlowTable(), limit, withTimeout, withWindowScale);
    }

    InternalCache(FlowTable table, int limit, boolean withTimeout, boolean withWindowScale) {
        this.table = table;
        this.headers = table.headers();
        this.withTimeout = withTimeout;
        this.withWindowScale = withWindowScale;
        store = new FlowStore(table, limit);
    }

    /** Sets the session, which is made after the cache, as it reads from it. */
    public void setSession(CacheSession session) {
        store.setSession(session);
    }

    /** Most objects ({@code HashLimit}). */
    public int limit() {
        return store.limit();
    }

    /** From now on the cache holds so many objects at most; it refuses new ones while it holds more. */
    public void setLimit(int objects) {
        store.setLimit(objects);
    }

    /** Says what peers are sent from now on; see the constructor. */
    public void setContent(boolean timeout, boolean windowScale) {
        table.checkThread();
        withTimeout = timeout;
        withWindowScale = windowScale;
    }

    /**
     * From now on every flow is to be told of again and again, for peers that forget. When is drawn anew whenever it
     * is added, updated or told of. Source: docs of conntrackd's modes, section 4.
     *
     * @param seconds most whole seconds that a flow waits, at least 1 (RefreshTime)
     */
    public void refreshWithin(int seconds, RandomGenerator random) {
        store.setTimers(new RefreshDelay(seconds, random));
    }

    /**
     * Hands objects whose time has come to the session. Only after {@link #refreshWithin}; called at least every
     * fifth of a second.
     *
     * @param max most objects to look at
     * @return whether there may be more now
     */
    public boolean refreshPage(long nowNanos, int max) {
        table.checkThread();
        EntryTimers timers = store.timers();
        timers.advance(nowNanos);
        for (int i = 0; i < max; i++) {
            int ref = timers.poll();
            if (ref == EntryTimers.NONE) {
                return false;
            }
            if (ref != EntryTimers.LOOKED && !store.isFlushed(ref)) {
                store.session().send(ref);
                timers.restart(ref);
            }
        }
        return true;
    }

    /**
     * The kernel made a flow; one of the same identity that was there is replaced.
     *
     * @param transmit whether peers are to be told; not of what this daemon did itself
     * @return its ref; 0 if the cache is full
     */
    public int onNew(Conntrack flow, boolean transmit, int nowSeconds) {
        int ref = store.find(flow);
        if (ref == 0) {
            ref = store.create(flow, 0, nowSeconds);
        } else {
            store.replace(ref, flow, 0, nowSeconds);
        }
        return sendIf(transmit, ref);
    }

    /**
     * The kernel changed a flow, or a dump shows it: it is created if it is not there or dead.
     *
     * @param transmit whether peers are to be told; not of what this daemon did, nor of the first dump
     * @return its ref; 0 if the cache is full
     */
    public int onUpdate(Conntrack flow, boolean transmit, int nowSeconds) {
        int ref = store.find(flow);
        if (ref == 0) {
            ref = store.create(flow, 0, nowSeconds);
        } else if (store.isDead(ref)) {
            store.replace(ref, flow, 0, nowSeconds);
        } else {
            store.update(ref, flow, 0, nowSeconds);
        }
        return sendIf(transmit, ref);
    }

    /**
     * A dump shows a flow after events were lost: as {@link #onUpdate}, but peers are told only of what they cannot
     * know, which is anything but a timeout.
     *
     * @return its ref; 0 if the cache is full
     */
    public int onRepair(Conntrack flow, int nowSeconds) {
        int ref = store.find(flow);
        if (ref == 0 || store.isDead(ref)) {
            return onUpdate(flow, true, nowSeconds);
        }
        return sendIf(store.update(ref, flow, 0, nowSeconds), ref);
    }

    private int sendIf(boolean transmit, int ref) {
        if (transmit && ref != 0) {
            store.session().send(ref);
        }
        return ref;
    }

    /**
     * The kernel removed a flow. What is not in the cache is ignored. The flow's packets and bytes, where the kernel
     * tells them, are added to the traffic processed.
     *
     * @param transmit whether peers are to be told; not of what this daemon did itself
     * @return whether a flow died
     */
    public boolean onDestroy(Conntrack flow, boolean transmit) {
        int ref = store.find(flow);
        if (ref == 0 || store.isDead(ref)) {
            return false;
        }
        countTraffic(flow);
        die(ref, transmit);
        return true;
    }

    /**
     * The kernel does not know a flow that {@link FlowSelection#UNSEEN} showed: it dies, unless something was heard of
     * it since.
     *
     * @return whether it died
     */
    public boolean onMissing(Conntrack flow, boolean transmit) {
        int ref = store.find(flow);
        if (ref == 0 || store.isDead(ref) || store.isSeen(ref)) {
            return false;
        }
        die(ref, transmit);
        return true;
    }

    /** The flow does not count any more, though it goes on in the kernel: it dies here, and peers are told. */
    public void onIgnored(Conntrack flow) {
        int ref = store.find(flow);
        if (ref != 0 && !store.isDead(ref)) {
            store.kill(ref);
            store.session().withdraw(ref);
            removeUnlessQueued(ref);
        }
    }

    private void die(int ref, boolean transmit) {
        store.kill(ref);
        if (transmit) {
            store.session().send(ref);
        }
        removeUnlessQueued(ref);
    }

    private void removeUnlessQueued(int ref) {
        if (table.isInUse(ref) && queueState(ref) == QUEUE_NONE) {
            store.remove(ref);
        }
    }

    private void countTraffic(Conntrack flow) {
        if (flow.has(Field.COUNTERS_ORIGINAL)) {
            trafficBytes += flow.countersOriginal().bytes();
            trafficPackets += flow.countersOriginal().packets();
        }
        if (flow.has(Field.COUNTERS_REPLY)) {
            trafficBytes += flow.countersReply().bytes();
            trafficPackets += flow.countersReply().packets();
        }
    }

    /** Starts a resync: what is neither created nor updated from here on is {@link FlowSelection#UNSEEN}. */
    public void beginResync() {
        store.beginResync();
    }

    /**
     * Hands objects, dead ones too, to the session, from where the cursor is.
     *
     * @param max most objects to hand over
     * @return whether the iteration goes on
     */
    public boolean sendPage(FlowCursor cursor, int max) {
        table.checkThread();
        for (int i = 0; i < max; i++) {
            int ref = store.next(cursor);
            if (ref == 0) {
                break;
            }
            store.session().send(ref);
        }
        return cursor.hasNext();
    }

    /**
     * Fills a page with copies of flows from where the cursor is. A page may be empty though the iteration goes on:
     * what it may cost is bounded.
     *
     * @return whether the iteration goes on
     */
    public boolean page(FlowCursor cursor, FlowSelection selection, FlowPage page) {
        return store.fill(cursor, selection, page);
    }

    /**
     * Forgets everything; peers are not told. It counts at once, the work remains to be done by {@link #flushPage}.
     * Until then objects that were queued may still be sent.
     */
    @Override
    public void flush() {
        store.flush();
    }

    /** Frees up to {@code max} flushed objects; returns whether to call again. */
    @Override
    public boolean flushPage(int max) {
        return store.flushPage(max);
    }

    /** Ref of a flow, dead ones included; 0 when it is not there. */
    public int find(Conntrack flow) {
        return store.find(flow);
    }

    /** Decodes an object: what the sync protocol tells of it, the kernel's identifier, the original zone. */
    public void decode(int ref, Conntrack into) {
        store.decode(ref, into);
    }

    /** Whether something was heard of an object since the last {@link #beginResync}. */
    public boolean isSeen(int ref) {
        return store.isSeen(ref);
    }

    /** Whether the ref names a live flow. */
    public boolean isLive(int ref) {
        return table.isInUse(ref) && !store.isFlushed(ref) && !store.isDead(ref);
    }

    /** Whether an object is dead. */
    public boolean isDead(int ref) {
        return store.isDead(ref);
    }

    @Override
    public int type(int ref) {
        if (store.isDead(ref)) {
            return MessageType.CT_DELETE;
        }
        return store.isAlive(ref) ? MessageType.CT_UPDATE : MessageType.CT_NEW;
    }

    @Override
    public void encode(int ref, ByteBuf out) {
        store.encode(ref, out, withTimeout, withWindowScale);
    }

    @Override
    public int queueState(int ref) {
        return headers.queueState(ref);
    }

    @Override
    public int queuePosition(int ref) {
        return headers.getInt(ref, EntryHeaders.QUEUE_POSITION);
    }

    @Override
    public void setQueue(int ref, int state, int position) {
        headers.setQueueState(ref, state);
        headers.setInt(ref, EntryHeaders.QUEUE_POSITION, position);
    }

    @Override
    public void released(int ref) {
        if (table.isInUse(ref) && (store.isDead(ref) || store.isFlushed(ref))) {
            store.remove(ref);
        }
    }

    /** The counters; they change with every call. */
    public CacheCounters counters() {
        return store.counters();
    }

    /** Bytes in both directions that the kernel counted for flows that ended. */
    public long trafficBytes() {
        return trafficBytes;
    }

    /** Packets in both directions that the kernel counted for flows that ended. */
    public long trafficPackets() {
        return trafficPackets;
    }

    /** Bytes of memory obtained from the system. */
    public long memoryBytes() {
        return table.bytes();
    }

    /** Gives all memory back; allowed on any thread, after the last use. */
    @Override
    public void close() {
        store.close();
    }
}
