/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.conntrack.Conntrack;
import org.statelink.control.ControlReply;
import org.statelink.server.cache.FlowCursor;
import org.statelink.server.cache.FlowPage;
import org.statelink.server.cache.FlowSelection;

/**
 * Writes one cache to one client: the state loop copies a page, the control loop formats it, and the next page waits
 * until the client has read. There is never more than one page in memory for a client, however large the cache.
 */
final class CacheDump {
    private final Answering<?> daemon;
    private final CachePages pages;
    private final EntryFormat format;
    private final EntryList list;
    private final ControlReply reply;
    private final FlowCursor cursor = new FlowCursor();
    private final FlowPage page = new FlowPage();
    private final Conntrack flow = new Conntrack();
    private final StringBuilder text = new StringBuilder();
    private int nowSeconds;
    private boolean more;

    CacheDump(Answering<?> daemon, CachePages pages, EntryFormat format, ControlReply reply) {
        this.daemon = daemon;
        this.pages = pages;
        this.format = format;
        list = format.newList();
        this.reply = reply;
    }

    /** On the state loop. */
    void fillPage() {
        nowSeconds = daemon.uptime().seconds();
        more = pages.page(cursor, FlowSelection.LIVE, page);
        daemon.controlLoop().execute(this::writePage);
    }

    private void writePage() {
        text.setLength(0);
        while (page.next(flow)) {
            list.next(text);
            format.append(text, flow, page, nowSeconds);
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
