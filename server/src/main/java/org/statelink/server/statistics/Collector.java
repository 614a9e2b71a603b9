/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import io.netty.channel.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.server.cache.CacheFlush;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.cache.InternalCaches;
import org.statelink.server.kernel.KernelSide;
import org.statelink.server.system.Uptime;

/**
 * A collector of statistics, and what may be asked of it. Made by {@link CollectorBuilder}; all methods are called on
 * the state loop.
 */
public final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    private final EventLoop loop;
    private final Uptime uptime;
    private final KernelSide kernel;
    private final InternalCaches caches;
    private final EndedFlows ended;
    private final CacheFlush flush;

    Collector(EventLoop loop, Uptime uptime, KernelSide kernel, InternalCaches caches, EndedFlows ended) {
        this.loop = loop;
        this.uptime = uptime;
        this.kernel = kernel;
        this.caches = caches;
        this.ended = ended;
        flush = new CacheFlush(loop, caches.flows());
    }

    /** The loop that all this belongs to. */
    public EventLoop loop() {
        return loop;
    }

    /** The daemon's clock. */
    public Uptime uptime() {
        return uptime;
    }

    /** The side towards the kernel. */
    public KernelSide kernel() {
        return kernel;
    }

    /** The flows that are there. */
    public InternalCache cache() {
        return caches.flows();
    }

    /** The statistics of those that ended. */
    public FlowStatistics statistics() {
        return ended.snapshot();
    }

    /** {@code -f internal}: forgets the flows that are there; they are not logged when they end. */
    public void flushCache() {
        LOG.info("flushing caches");
        flush.start();
    }

    /** {@code -F}: empties the kernel's table; {@code afterwards} runs at the end. */
    public void flushKernel(Runnable afterwards) {
        LOG.info("flushing kernel conntrack table");
        kernel.flush(afterwards);
    }

    /** Ends it: sockets are closed, what waits for the log is written, memory is given back. */
    public void close() {
        kernel.close();
        ended.close();
        caches.close();
    }
}
