/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/** Bits of {@link EntryHeaders#FLAGS}. */
final class EntryFlags {
    /** The header belongs to an entry. */
    static final int IN_USE = 0x1;
    /** Updated at least once since it was created. */
    static final int ALIVE = 0x2;
    /** Destroyed, kept until nobody needs to tell of it. */
    static final int DEAD = 0x4;
    /** The flow has a master. */
    static final int MASTER = 0x8;
    /** The flow is of IPv6. */
    static final int IPV6 = 0x10;

    /** The ref has a place in the timers, also while the header is free. */
    static final int TIMED = 0x20;
    /** Two bits: the session's queue state. */
    static final int QUEUE = 0xc0;
    /** Where the two bits are. */
    static final int QUEUE_SHIFT = 6;

    private EntryFlags() {
    }
}
