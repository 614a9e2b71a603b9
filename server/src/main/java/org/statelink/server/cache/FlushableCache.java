/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

/** A cache that can be emptied. On the state loop. */
public interface FlushableCache {
    /** Forgets everything; nobody is told. It counts at once, the work remains to be done by {@link #flushPage}. */
    void flush();

    /** Frees up to {@code max} flushed objects; returns whether to call again. */
    boolean flushPage(int max);
}
