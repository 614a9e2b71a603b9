/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.statelink.server.cache.EntryPage;
import org.statelink.server.json.JsonObject;

/**
 * How the entries of a cache become lines. Timeouts are as last heard, so they are never shown.
 *
 * @param <E> what the cache holds
 * @param <P> pages of it
 */
abstract class EntryLines<E, P extends EntryPage<E>> {
    /** An empty page. */
    abstract P newPage();

    /** An empty entry. */
    abstract E newEntry();

    /** Makes of the entry that was read last from the page what is shown of it. */
    abstract void complete(E entry, P page, DumpStyle style);

    abstract void plain(StringBuilder out, E entry);

    abstract void xml(StringBuilder out, E entry);

    abstract void json(JsonGenerator out, E entry) throws IOException;

    /** Appends the entry that was read last from the page, without a line feed. */
    final void append(StringBuilder out, E entry, P page, DumpStyle style, int nowSeconds) {
        complete(entry, page, style);
        switch (style.syntax()) {
            case XML -> xml(out, entry);
            case PLAIN -> {
                plain(out, entry);
                times(out, page, style, nowSeconds);
            }
            case JSON -> JsonObject.append(out, json -> {
                json(json, entry);
                times(json, page, style, nowSeconds);
            });
        }
    }

    private static void times(StringBuilder out, EntryPage<?> page, DumpStyle style, int nowSeconds) {
        if (expires(page, style)) {
            out.append(" [expires in ").append(Math.max(0, page.dueAt() - nowSeconds)).append("s]");
        }
        out.append(" [active since ").append(nowSeconds - page.activeSince()).append("s]");
    }

    private static void times(JsonGenerator out, EntryPage<?> page, DumpStyle style, int nowSeconds)
        throws IOException {
        if (expires(page, style)) {
            out.writeNumberField("expires_in_seconds", Math.max(0, page.dueAt() - nowSeconds));
        }
        out.writeNumberField("active_seconds", nowSeconds - page.activeSince());
    }

    private static boolean expires(EntryPage<?> page, DumpStyle style) {
        return !style.isInternal() && page.dueAt() > 0;
    }
}
