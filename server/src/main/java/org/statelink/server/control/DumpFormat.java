/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.server.cache.EntryPage;

/** A way in which a cache is shown. */
interface DumpFormat<E, P extends EntryPage<E>> {
    /** Whether it is the internal cache. */
    boolean isInternal();

    /** Appends the entry that was read last from the page, one line. */
    void append(StringBuilder out, E entry, P page, int nowSeconds);

    /** Ends a line of plain text with the entry's times. */
    static void appendTimes(StringBuilder out, EntryPage<?> page, boolean internal, int nowSeconds) {
        if (!internal && page.dueAt() > 0) {
            out.append(" [expires in ").append(Math.max(0, page.dueAt() - nowSeconds)).append("s]");
        }
        out.append(" [active since ").append(nowSeconds - page.activeSince()).append("s]");
    }
}
