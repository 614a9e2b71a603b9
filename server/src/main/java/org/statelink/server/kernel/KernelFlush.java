/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.conntrack.netlink.ConntrackRequest;
import org.statelink.netlink.codec.Errno;

/**
 * Empties the kernel's table of all that the filter lets through: one socket tells what is there, another deletes it.
 * On the kernel loop.
 */
public final class KernelFlush {
    private static final Logger LOG = LoggerFactory.getLogger(KernelFlush.class);

    private static final int MOST_PAGES = 16;

    private final ConntrackClient reader;
    private final ConntrackClient deleter;
    private final OwnWrites writes;
    private final EventLoop state;
    private final EventLoop loop;
    private final ArrayDeque<DeletedPage> free = new ArrayDeque<>();
    private final ArrayDeque<DeletedPage> sent = new ArrayDeque<>();
    private EventFilter filter;
    private DeletedPage filling;
    private Runnable whenDone;
    private boolean allRead;
    private int outstanding;
    private int pagesOut;
    private long refused;

    /** Both clients live on the kernel loop and have no other use meanwhile. */
    public KernelFlush(ConntrackClient reader, ConntrackClient deleter, OwnWrites writes, EventLoop state,
                       EventFilter filter) {
        this.reader = reader;
        this.deleter = deleter;
        this.writes = writes;
        this.state = state;
        this.filter = filter;
        loop = reader.channel().eventLoop();
        deleter.onResult(this::onResult);
        deleter.onWritable(this::resume);
    }

    /** Flushes; on the state loop, where {@code afterwards} runs. A flush under way takes the request in. */
    public void start(Runnable afterwards) {
        writes.begin();
        loop.execute(() -> begin(() -> state.execute(() -> writes.end(afterwards))));
    }

    /** Deletes all expectations; {@code afterwards} runs on the state loop. Any thread. */
    public void flushExpectations(Runnable afterwards) {
        loop.execute(() -> deleter.flushExpectations().addListener(flushed -> {
            if (!flushed.isSuccess()) {
                LOG.error("flush: the kernel's expectations are still there: {}", flushed.cause().getMessage());
            }
            state.execute(afterwards);
        }));
    }

    /** The filter from now on, for a flush under way too. Any thread. */
    public void setFilter(EventFilter newFilter) {
        loop.execute(() -> filter = newFilter);
    }

    private void begin(Runnable afterwards) {
        if (whenDone != null) {
            Runnable earlier = whenDone;
            whenDone = () -> {
                earlier.run();
                afterwards.run();
            };
            return;
        }
        whenDone = afterwards;
        allRead = false;
        refused = 0;
        reader.dump(0, this::delete).addListener((Future<Long> dump) -> read(dump));
    }

    private void delete(Conntrack flow) {
        if (!filter.accepts(flow)) {
            return;
        }
        if (filling == null) {
            filling = nextPage();
        }
        filling.add(flow);
        outstanding++;
        deleter.submit(ConntrackRequest.DELETE, flow, 0);
        if (filling.isFull()) {
            filling = null;
        }
        if (!isReady()) {
            reader.pause();
        }
    }

    private DeletedPage nextPage() {
        DeletedPage page = free.isEmpty() ? new DeletedPage() : free.poll();
        page.begin(writes.moment());
        sent.add(page);
        pagesOut++;
        return page;
    }

    private boolean isReady() {
        return deleter.isWritable() && pagesOut < MOST_PAGES;
    }

    private void resume() {
        if (isReady()) {
            reader.resume();
        }
    }

    private void read(Future<Long> dump) {
        if (!dump.isSuccess()) {
            LOG.error("flush: the kernel's connections could not be read: {}", dump.cause().getMessage());
        }
        allRead = true;
        deleter.flushRequests();
        endIfDone();
    }

    private void onResult(int token, int errno, String message) {
        if (errno != 0 && errno != Errno.ENOENT) {
            refused++;
        }
        outstanding--;
        DeletedPage page = sent.peek();
        page.answer(errno == 0);
        if (page.isAnswered() && page != filling) {
            handBack(sent.poll());
        }
        endIfDone();
    }

    private void handBack(DeletedPage page) {
        state.execute(() -> {
            writes.deleted(page);
            loop.execute(() -> recycle(page));
        });
    }

    private void recycle(DeletedPage page) {
        pagesOut--;
        if (whenDone != null) {
            free.add(page);
            resume();
        }
    }

    private void endIfDone() {
        if (allRead && outstanding == 0 && whenDone != null) {
            if (refused > 0) {
                LOG.warn("flush: the kernel refused to delete {} entries", refused);
            }
            if (filling != null) {
                filling = null;
                handBack(sent.poll());
            }
            free.clear();
            Runnable done = whenDone;
            whenDone = null;
            done.run();
        }
    }
}
