/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.server.cache.EntryPage;

/** The four ways in which a cache is shown. */
enum DumpStyle {
    /** {@code -i}. */
    INTERNAL_PLAIN(true, false),
    /** {@code -i -x}. */
    INTERNAL_XML(true, true),
    /** {@code -e}. */
    EXTERNAL_PLAIN(false, false),
    /** {@code -e -x}. */
    EXTERNAL_XML(false, true);

    private final boolean internal;
    private final boolean xml;

    DumpStyle(boolean internal, boolean xml) {
        this.internal = internal;
        this.xml = xml;
    }

    boolean isInternal() {
        return internal;
    }

    boolean isXml() {
        return xml;
    }

    /** Appends the times of the entry that was read last from the page; XML tells none. */
    void appendTimes(StringBuilder out, EntryPage<?> page, int nowSeconds) {
        if (xml) {
            return;
        }
        if (!internal && page.dueAt() > 0) {
            out.append(" [expires in ").append(Math.max(0, page.dueAt() - nowSeconds)).append("s]");
        }
        out.append(" [active since ").append(nowSeconds - page.activeSince()).append("s]");
    }
}
