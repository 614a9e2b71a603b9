/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.ExternalExpectations;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.cache.InternalExpectations;
import org.statelink.server.kernel.KernelCounters;
import org.statelink.server.kernel.KernelInjection;
import org.statelink.server.kernel.PurgeTimer;
import org.statelink.server.mode.BypassFlows;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * Everything that the state loop owns, and what may be asked of it. Made by {@link ReplicatorBuilder}; all methods are
 * called on the state loop.
 */
public final class Replicator {
    private static final Logger LOG = LoggerFactory.getLogger(Replicator.class);
    private static final int FLUSH_PAGE = 4096;

    private final ReplicatorParts parts;
    private final PurgeTimer purge;

    Replicator(ReplicatorParts parts) {
        this.parts = parts;
        purge = new PurgeTimer(parts.loop(), parts.purgeSeconds(), this::purgeNow);
    }

    ReplicatorParts parts() {
        return parts;
    }

    /** {@code PurgeTimeout} from now on. */
    void setPurgeSeconds(int seconds) {
        purge.setSeconds(seconds);
    }

    /** The flows of this node. */
    public InternalCache internal() {
        return parts.internal().flows();
    }

    /** The flows of the peers. */
    public ExternalCache external() {
        return parts.external().flows();
    }

    /** What the flows of this node expect. */
    public InternalExpectations internalExpectations() {
        return parts.internal().expectations();
    }

    /** What the flows of the peers expect. */
    public ExternalExpectations externalExpectations() {
        return parts.external().expectations();
    }

    /** Whether expectations are synchronised ({@code ExpectationSync}). */
    public boolean synchronisesExpectations() {
        return parts.expectations();
    }

    /** What tells the peers of this node's flows where there is no internal cache. */
    public Optional<BypassFlows> bypass() {
        return parts.bypass();
    }

    /** What puts the peers' flows into the kernel where there is no external cache. */
    public Optional<KernelInjection> injection() {
        return parts.injection();
    }

    /** The conversation with the peers. */
    public SyncSession session() {
        return parts.session();
    }

    /** The dedicated links. */
    public SyncLinkGroup links() {
        return parts.links();
    }

    /** What the protocol counted. */
    public SyncCounters syncCounters() {
        return parts.syncCounters();
    }

    /** What happened on the kernel's side. */
    public KernelCounters kernelCounters() {
        return parts.kernelCounters();
    }

    /** Bytes of the event socket's receive buffer. */
    public int eventBufferBytes() {
        return parts.overrun().bufferBytes();
    }

    /** The daemon's clock. */
    public Uptime uptime() {
        return parts.uptime();
    }

    /** The loop that all this belongs to. */
    public EventLoop loop() {
        return parts.loop();
    }

    /** {@code -c ct}: writes the peers' flows into the kernel; {@code afterwards} runs at the end. */
    public void commit(Runnable afterwards) {
        commit("committing conntrack cache", parts.commit()::start, afterwards);
    }

    /** {@code -c expect}: writes the peers' expectations into the kernel; {@code afterwards} runs at the end. */
    public void commitExpectations(Runnable afterwards) {
        commit("committing expectation cache", parts.expectationCommit()::start, afterwards);
    }

    /** {@code -c}: flows, then the expectations that belong to them; {@code afterwards} runs at the end. */
    public void commitAll(Runnable afterwards) {
        commit("committing all external caches", end -> parts.commit().start(
            parts.expectations() ? () -> parts.expectationCommit().start(end) : end), afterwards);
    }

    private void commit(String message, Consumer<Runnable> start, Runnable afterwards) {
        purge.cancel();
        LOG.info(message);
        if (parts.injection().isPresent()) {
            // the kernel has it all
            afterwards.run();
        } else if (isCommitting()) {
            LOG.info("commit already in progress, skipping");
            afterwards.run();
        } else {
            start.accept(afterwards);
        }
    }

    private boolean isCommitting() {
        return parts.commit().isRunning() || parts.expectationCommit().isRunning();
    }

    /** Empties both caches of flows. */
    public void flushCaches() {
        if (!refuseDuringCommit()) {
            emptyFlows();
        }
    }

    /** {@code -f}: empties all caches. */
    public void flushAllCaches() {
        if (refuseDuringCommit()) {
            return;
        }
        emptyFlows();
        if (parts.expectations()) {
            free(parts.internal().expectations()::flush, parts.internal().expectations()::flushPage);
            free(parts.external().expectations()::flush, parts.external().expectations()::flushPage);
        }
    }

    private void emptyFlows() {
        purge.cancel();
        LOG.info("flushing caches");
        emptyInternal();
        emptyExternal();
    }

    /** {@code -f internal}. */
    public void flushInternal() {
        purge.cancel();
        LOG.info("flushing internal cache");
        emptyInternal();
    }

    /** {@code -f external}. */
    public void flushExternal() {
        if (!refuseDuringCommit()) {
            LOG.info("flushing external cache");
            emptyExternal();
        }
    }

    private boolean refuseDuringCommit() {
        boolean running = isCommitting();
        if (running) {
            LOG.error("ignoring flush command, commit still in progress");
        }
        return running;
    }

    private void emptyInternal() {
        free(internal()::flush, internal()::flushPage);
        // without an internal cache the kernel's table takes its place
        parts.bypass().ifPresent(bypass -> parts.flush().start(() -> { }));
    }

    private void emptyExternal() {
        free(external()::flush, external()::flushPage);
    }

    /** Flushes a cache, and frees page by page what that leaves. */
    private void free(Runnable flush, IntPredicate page) {
        flush.run();
        freePage(page);
    }

    private void freePage(IntPredicate page) {
        if (page.test(FLUSH_PAGE)) {
            parts.loop().schedule(() -> freePage(page), 0, TimeUnit.NANOSECONDS);
        }
    }

    /** {@code -F ct}: empties the kernel's table of flows; {@code afterwards} runs at the end. */
    public void flushKernel(Runnable afterwards) {
        LOG.info("flushing kernel conntrack table");
        parts.kernelCounters().flush();
        parts.flush().start(() -> parts.loop().execute(afterwards));
    }

    /** {@code -F expect}: empties the kernel's table of expectations; {@code afterwards} runs at the end. */
    public void flushKernelExpectations(Runnable afterwards) {
        LOG.info("flushing kernel expect table");
        parts.kernelCounters().flush();
        parts.flush().flushExpectations(() -> parts.loop().execute(afterwards));
    }

    /** {@code -F}: empties both tables of the kernel; {@code afterwards} runs at the end. */
    public void flushKernelAll(Runnable afterwards) {
        flushKernel(parts.expectations() ? () -> flushKernelExpectations(afterwards) : afterwards);
    }

    /** {@code -R ct}: reads the kernel's flows again; {@code afterwards} runs at the end. */
    public void resyncFromKernel(Runnable afterwards) {
        resync("resync with master conntrack table", parts.resync()::read, afterwards);
    }

    /** {@code -R expect}: reads the kernel's expectations again; {@code afterwards} runs at the end. */
    public void resyncExpectationsFromKernel(Runnable afterwards) {
        resync("resync with master expect table", parts.expectationResync()::read, afterwards);
    }

    /** {@code -R}: reads both tables of the kernel again; {@code afterwards} runs at the end. */
    public void resyncAllFromKernel(Runnable afterwards) {
        resyncFromKernel(parts.expectations() ? () -> resyncExpectationsFromKernel(afterwards) : afterwards);
    }

    private void resync(String message, Supplier<Future<Long>> read, Runnable afterwards) {
        if (parts.bypass().isPresent()) {
            LOG.info("resync is unsupported in this mode");
            afterwards.run();
            return;
        }
        LOG.info(message);
        parts.kernelCounters().resync();
        read.get().addListener(dump -> {
            if (!dump.isSuccess()) {
                LOG.error("the kernel's table could not be read: {}", dump.cause().getMessage());
            }
            afterwards.run();
        });
    }

    /** {@code -B}: tells the peers of every flow. */
    public void sendBulk() {
        parts.mode().sendBulk();
    }

    /** {@code -n}: asks the peers for every flow. */
    public void requestResync() {
        parts.mode().requestResync();
    }

    /** {@code -t}: empties the kernel's table after a while. */
    public void schedulePurge() {
        purge.schedule();
    }

    private void purgeNow() {
        LOG.info("flushing kernel conntrack table (scheduled)");
        parts.kernelCounters().flush();
        parts.flush().start(() -> { });
        emptyInternal();
    }

    /** Takes part from now on. */
    void start() {
        parts.session().start();
        parts.mode().start();
        if (parts.startupResync()) {
            requestResync();
        }
    }

    /** Ends it: sockets and links are closed, the caches' memory is given back. */
    void close() {
        purge.cancel();
        parts.close();
    }
}
