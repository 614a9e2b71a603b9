/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/** Which entries of a cache a page takes. */
public enum EntrySelection {
    /** All that are not dead. */
    LIVE,
    /** Dead ones too, those kept until a peer has acknowledged their end. */
    ALL,
    /** Live ones without a master: what a commit begins with. */
    WITHOUT_MASTER,
    /** Live ones with a master: what a commit ends with, when the masters are there. */
    WITH_MASTER,
    /** Live ones that nothing was heard of since the resync began. */
    UNSEEN;

    /** Whether an entry is meant. */
    boolean includes(int flags, boolean seen) {
        boolean live = (flags & EntryFlags.DEAD) == 0;
        boolean master = (flags & EntryFlags.MASTER) != 0;
        return switch (this) {
            case LIVE -> live;
            case ALL -> true;
            case WITHOUT_MASTER -> live && !master;
            case WITH_MASTER -> live && master;
            case UNSEEN -> live && !seen;
        };
    }
}
