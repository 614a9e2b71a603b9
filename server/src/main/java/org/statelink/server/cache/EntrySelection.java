/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/** Which entries of a cache a page takes. */
public enum EntrySelection {
    /** All that are not dead. */
    LIVE,
    /** Dead ones too, those kept until a peer has acknowledged their end. */
    ALL,
    /** Live ones without a master that both ends have sent on: what a commit begins with, for somebody uses them. */
    REPLIED,
    /** Live ones without a master that were never answered, of which there are many when somebody tries all ports. */
    UNREPLIED,
    /** Live ones with a master: what a commit ends with, when the masters are there. */
    WITH_MASTER,
    /** Live ones that nothing was heard of since the resync began. */
    UNSEEN;

    /** Whether an entry is meant. */
    boolean includes(int flags, boolean seen, boolean replied) {
        boolean live = (flags & EntryFlags.DEAD) == 0;
        boolean master = (flags & EntryFlags.MASTER) != 0;
        return switch (this) {
            case LIVE -> live;
            case ALL -> true;
            case REPLIED -> live && !master && replied;
            case UNREPLIED -> live && !master && !replied;
            case WITH_MASTER -> live && master;
            case UNSEEN -> live && !seen;
        };
    }
}
