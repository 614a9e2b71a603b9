/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/** Which entries of a cache a page takes. */
public enum EntrySelection {
    /** All that are not dead. */
    LIVE,
    /** Dead ones too, those kept until a peer has acknowledged their end. */
    ALL,
    /** Live ones that nothing was heard of since the resync began. */
    UNSEEN;

    /** Whether an entry is meant. */
    boolean includes(int flags, boolean seen) {
        boolean live = (flags & EntryFlags.DEAD) == 0;
        return switch (this) {
            case LIVE -> live;
            case ALL -> true;
            case UNSEEN -> live && !seen;
        };
    }
}
