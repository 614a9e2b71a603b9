/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.statelink.conntrack.ConntrackEntry;

/** How entries of one kind, as a peer told of them, are put into the kernel. Immutable; any thread. */
public interface CommitRules<E extends ConntrackEntry> {
    /** Makes of the entry what the kernel is asked for; {@code ageSeconds} is the time since the peer told of it. */
    void prepare(E entry, int ageSeconds);

    /** Whether the prepared entry has what an update cannot change, so that one that exists is replaced. */
    boolean replaces(E entry);

    /** Whether entries may be asked for with less, where the kernel does not understand them. */
    boolean canReduce();

    /** Takes from the prepared entry what may be left out; where {@link #canReduce()}. */
    void reduce(E entry);
}
