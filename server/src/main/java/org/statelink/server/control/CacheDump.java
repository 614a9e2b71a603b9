/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.control.ControlReply;
import org.statelink.server.Replicator;
import org.statelink.server.cache.EntryCursor;
import org.statelink.server.cache.EntryPage;
import org.statelink.server.cache.EntrySelection;
import org.statelink.server.cache.ExpectationPage;
import org.statelink.server.cache.FlowPage;

/**
 * Writes one cache to one client: the state loop copies a page, the control loop formats it, and the next page waits
 * until the client has read. There is never more than one page in memory for a client, however large the cache.
 */
final class CacheDump<E, P extends EntryPage<E>> {
    private final Replicator replicator;
    private final Executor stateLoop;
    private final EventLoop controlLoop;
    private final DumpStyle style;
    private final DumpLine<E, P> line;
    private final ControlReply reply;
    private final Cache<E> cache;
    private final P page;
    private final E entry;
    private final EntryCursor cursor = new EntryCursor();
    private final StringBuilder text = new StringBuilder();
    private int nowSeconds;
    private boolean more;

    /** A cache, to be gone through from where a cursor is. */
    private interface Cache<E> {
        boolean fill(EntryCursor cursor, EntrySelection selection, EntryPage<E> page);
    }

    private CacheDump(Replicator replicator, EventLoop controlLoop, DumpStyle style, DumpLine<E, P> line,
                      ControlReply reply, Cache<E> cache, P page, E entry) {
        this.replicator = replicator;
        this.stateLoop = replicator.loop();
        this.controlLoop = controlLoop;
        this.style = style;
        this.line = line;
        this.reply = reply;
        this.cache = cache;
        this.page = page;
        this.entry = entry;
    }

    static CacheDump<Conntrack, FlowPage> ofFlows(Replicator replicator, EventLoop controlLoop, DumpStyle style,
                                                  ControlReply reply) {
        return new CacheDump<>(replicator, controlLoop, style, DumpLine::flow, reply,
            style.isInternal() ? replicator.internal()::page : replicator.external()::page, new FlowPage(),
            new Conntrack());
    }

    static CacheDump<Expectation, ExpectationPage> ofExpectations(Replicator replicator, EventLoop controlLoop,
                                                                  DumpStyle style, ControlReply reply) {
        return new CacheDump<>(replicator, controlLoop, style, DumpLine::expectation, reply,
            style.isInternal() ? replicator.internalExpectations()::page : replicator.externalExpectations()::page,
            new ExpectationPage(), new Expectation());
    }

    /** On the state loop. */
    void fillPage() {
        nowSeconds = replicator.uptime().seconds();
        more = cache.fill(cursor, EntrySelection.LIVE, page);
        controlLoop.execute(this::writePage);
    }

    private void writePage() {
        text.setLength(0);
        while (page.next(entry)) {
            line.append(text, entry, page, style);
            style.appendTimes(text, page, nowSeconds);
            text.append('\n');
        }
        reply.write(text);
        if (!more) {
            reply.finish();
        } else {
            reply.onWritable(this::nextPage);
        }
    }

    private void nextPage() {
        if (!reply.isClosed()) {
            stateLoop.execute(this::fillPage);
        }
    }
}
