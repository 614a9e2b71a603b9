/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.memory;

import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.Tuple;

/** One flow of the double's table. */
final class KernelEntry {
    private static final long NANOS = 1_000_000_000L;

    final Conntrack flow = new Conntrack();
    long expires;
    boolean dead;

    void setTimeout(int seconds, long now) {
        expires = now + (seconds & 0xffffffffL) * NANOS;
    }

    /** Puts the seconds left into the flow. */
    void refresh(long now) {
        flow.setTimeout((int) Math.max(0, (expires - now + NANOS - 1) / NANOS));
    }

    boolean isExpired(long now) {
        return expires - now <= 0;
    }

    Tuple originalKey() {
        return key(flow.original(), flow);
    }

    Tuple replyKey() {
        return key(flow.reply(), flow);
    }

    /** The tuple with the zone that counts for its direction, as a key of its own. */
    static Tuple key(Tuple tuple, Conntrack flow) {
        Tuple key = new Tuple();
        key.set(tuple);
        if (flow.has(Field.ZONE)) {
            key.setZone(flow.zone());
        }
        return key;
    }
}
