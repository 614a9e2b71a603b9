/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
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

    private final ConntrackClient reader;
    private final ConntrackClient deleter;
    private final EventLoop loop;
    private EventFilter filter;
    private Runnable whenDone;
    private boolean allRead;
    private int outstanding;
    private long refused;

    /** Both clients live on the kernel loop and have no other use meanwhile. */
    public KernelFlush(ConntrackClient reader, ConntrackClient deleter, EventFilter filter) {
        this.reader = reader;
        this.deleter = deleter;
        this.filter = filter;
        loop = reader.channel().eventLoop();
        deleter.onResult(this::onResult);
        deleter.onWritable(reader::resume);
    }

    /** Flushes; {@code afterwards} runs on the kernel loop. Any thread. A flush under way takes the request in. */
    public void start(Runnable afterwards) {
        loop.execute(() -> begin(afterwards));
    }

    /** Deletes all expectations; {@code afterwards} runs on the kernel loop. Any thread. */
    public void flushExpectations(Runnable afterwards) {
        loop.execute(() -> deleter.flushExpectations().addListener(flushed -> {
            if (!flushed.isSuccess()) {
                LOG.error("flush: the kernel's expectations are still there: {}", flushed.cause().getMessage());
            }
            afterwards.run();
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
        if (filter.accepts(flow)) {
            outstanding++;
            deleter.submit(ConntrackRequest.DELETE, flow, 0);
            if (!deleter.isWritable()) {
                reader.pause();
            }
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
        endIfDone();
    }

    private void endIfDone() {
        if (allRead && outstanding == 0 && whenDone != null) {
            if (refused > 0) {
                LOG.warn("flush: the kernel refused to delete {} entries", refused);
            }
            Runnable done = whenDone;
            whenDone = null;
            done.run();
        }
    }
}
