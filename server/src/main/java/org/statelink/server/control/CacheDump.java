/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.control.ControlReply;
import org.statelink.server.cache.EntryCursor;
import org.statelink.server.cache.EntryPage;
import org.statelink.server.cache.EntrySelection;

/**
 * Writes one cache to one client: the state loop copies a page, the control loop formats it, and the next page waits
 * until the client has read. There is never more than one page in memory for a client, however large the cache.
 */
final class CacheDump<E, P extends EntryPage<E>> {
    private static final int TEXT_CHARS = 128 * 1024;

    private final Answering<?> daemon;
    private final CachePages<E> pages;
    private final EntryLines<E, P> lines;
    private final DumpStyle style;
    private final EntryList list;
    private final ControlReply reply;
    private final P page;
    private final E entry;
    private final EntryCursor cursor = new EntryCursor();
    private int nowSeconds;
    private boolean more;

    CacheDump(Answering<?> daemon, CachePages<E> pages, EntryLines<E, P> lines, DumpStyle style,
              ControlReply reply) {
        this.daemon = daemon;
        this.pages = pages;
        this.lines = lines;
        this.style = style;
        this.reply = reply;
        list = style.newList();
        page = lines.newPage();
        entry = lines.newEntry();
    }

    /** On the state loop. */
    void fillPage() {
        nowSeconds = daemon.uptime().seconds();
        more = pages.page(cursor, EntrySelection.LIVE, page);
        daemon.controlLoop().execute(this::writePage);
    }

    private void writePage() {
        // not kept: a client that does not read shall cost little
        StringBuilder text = new StringBuilder(TEXT_CHARS);
        while (page.next(entry)) {
            list.next(text);
            lines.append(text, entry, page, style, nowSeconds);
        }
        if (more) {
            reply.write(text);
            reply.onWritable(this::nextPage);
        } else {
            list.end(text);
            reply.write(text);
            reply.finish();
        }
    }

    private void nextPage() {
        if (!reply.isClosed()) {
            daemon.onState(this::fillPage);
        }
    }
}
