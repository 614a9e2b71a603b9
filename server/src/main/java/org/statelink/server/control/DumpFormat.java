/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.server.cache.EntryPage;

/**
 * A way in which a cache is shown.
 *
 * @param <E> what it holds
 * @param <P> pages of it
 */
interface DumpFormat<E, P extends EntryPage<E>> {
    /** What strings the entries of one answer together. */
    EntryList newList();

    /** An empty page. */
    P newPage();

    /** An empty entry. */
    E newEntry();

    /** Appends the entry that was read last from the page, without a line feed. */
    void append(StringBuilder out, E entry, P page, int nowSeconds);

    /** Ends a line of plain text with the times of the entry that was read last from the page. */
    static void appendTimes(StringBuilder out, EntryPage<?> page, boolean internal, int nowSeconds) {
        if (!internal && page.dueAt() > 0) {
            out.append(" [expires in ").append(Math.max(0, page.dueAt() - nowSeconds)).append("s]");
        }
        out.append(" [active since ").append(nowSeconds - page.activeSince()).append("s]");
    }
}
