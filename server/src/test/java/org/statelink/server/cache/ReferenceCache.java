/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;
import org.statelink.sync.protocol.MessageType;

/** The rules of both caches, written down without a thought for speed. */
final class ReferenceCache {
    final Map<Key, Entry> entries = new HashMap<>();
    final Map<CacheCounter, Long> counters = new EnumMap<>(CacheCounter.class);
    private final int limit;

    ReferenceCache(int limit) {
        this.limit = limit;
        for (CacheCounter counter : CacheCounter.values()) {
            counters.put(counter, 0L);
        }
    }

    /** Identity of a flow. */
    record Key(int family, int protocol, long sourceHigh, long sourceLow, long destinationHigh, long destinationLow,
        long layer4, int zone, int zoneOriginal) {
        static Key of(Conntrack flow) {
            Tuple tuple = flow.original();
            long layer4 = IpProtocol.isIcmp(tuple.protocol())
                ? tuple.icmpId() * 65536L + tuple.icmpType() * 256L + tuple.icmpCode()
                : tuple.sourcePort() * 65536L + tuple.destinationPort();
            return new Key(tuple.family(), tuple.protocol(), tuple.sourceHigh(), tuple.sourceLow(),
                tuple.destinationHigh(), tuple.destinationLow(), layer4, flow.zone(), tuple.zone());
        }
    }

    /** What is kept of a flow. */
    static final class Entry {
        final Conntrack flow = new Conntrack();
        byte[] body;
        int id;
        int type = MessageType.CT_NEW;
        int activeSince;
        int storedAt;

        boolean isDead() {
            return type == MessageType.CT_DELETE;
        }
    }

    void onNew(Conntrack flow, int now) {
        remove(Key.of(flow));
        create(flow, now);
    }

    void onUpdate(Conntrack flow, int now) {
        Entry entry = entries.get(Key.of(flow));
        if (entry == null || entry.isDead()) {
            onNew(flow, now);
            return;
        }
        Conntrack merged = TestFlows.decode(entry.body);
        merged.merge(flow);
        entry.body = TestFlows.encode(merged);
        entry.id = flow.id() == 0 ? entry.id : flow.id();
        entry.type = MessageType.CT_UPDATE;
        entry.storedAt = now;
        count(CacheCounter.UPDATED, 1);
    }

    private void create(Conntrack flow, int now) {
        if (entries.size() >= limit) {
            count(CacheCounter.CREATE_FAILED, 1);
            count(CacheCounter.NO_SPACE, 1);
            return;
        }
        Entry entry = new Entry();
        entry.body = TestFlows.encode(flow);
        entry.id = flow.id();
        entry.activeSince = now;
        entry.storedAt = now;
        entries.put(Key.of(flow), entry);
        count(CacheCounter.CREATED, 1);
        count(CacheCounter.ACTIVE, 1);
        count(CacheCounter.OBJECTS, 1);
    }

    void kill(Key key) {
        Entry entry = entries.get(key);
        if (entry != null && !entry.isDead()) {
            entry.type = MessageType.CT_DELETE;
            count(CacheCounter.ACTIVE, -1);
            count(CacheCounter.DESTROYED, 1);
        }
    }

    void remove(Key key) {
        kill(key);
        if (entries.remove(key) != null) {
            count(CacheCounter.OBJECTS, -1);
        }
    }

    void flush() {
        count(CacheCounter.DESTROYED, counters.get(CacheCounter.ACTIVE));
        counters.put(CacheCounter.ACTIVE, 0L);
        counters.put(CacheCounter.OBJECTS, 0L);
        entries.clear();
    }

    private void count(CacheCounter counter, long difference) {
        counters.merge(counter, difference, Long::sum);
    }
}
