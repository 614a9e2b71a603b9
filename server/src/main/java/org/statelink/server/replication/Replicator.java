/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.kernel.KernelCounters;
import org.statelink.server.kernel.KernelInjection;
import org.statelink.server.kernel.PurgeTimer;
import org.statelink.server.mode.BypassFlows;
import org.statelink.server.system.Uptime;
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
    private Future<?> poll;

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
        return parts.internal();
    }

    /** The flows of the peers. */
    public ExternalCache external() {
        return parts.external();
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

    /** {@code -c}: writes the external cache into the kernel; {@code afterwards} runs at the end. */
    public void commit(Runnable afterwards) {
        purge.cancel();
        LOG.info("committing conntrack cache");
        if (parts.injection().isPresent()) {
            // the kernel has it all
            afterwards.run();
        } else if (parts.commit().isRunning()) {
            LOG.info("commit already in progress, skipping");
            afterwards.run();
        } else {
            parts.commit().start(report -> {
                report.log(LOG);
                afterwards.run();
            });
        }
    }

    /** {@code -f}: empties both caches. */
    public void flushCaches() {
        if (refuseDuringCommit()) {
            return;
        }
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
        boolean running = parts.commit().isRunning();
        if (running) {
            LOG.error("ignoring flush command, commit still in progress");
        }
        return running;
    }

    private void emptyInternal() {
        parts.internal().flush();
        freeInternalPage();
        // without an internal cache the kernel's table takes its place
        parts.bypass().ifPresent(bypass -> parts.flush().start(() -> { }));
    }

    private void freeInternalPage() {
        if (parts.internal().flushPage(FLUSH_PAGE)) {
            parts.loop().schedule(this::freeInternalPage, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void emptyExternal() {
        parts.external().flush();
        freeExternalPage();
    }

    private void freeExternalPage() {
        if (parts.external().flushPage(FLUSH_PAGE)) {
            parts.loop().schedule(this::freeExternalPage, 0, TimeUnit.NANOSECONDS);
        }
    }

    /** {@code -F}: empties the kernel's table; {@code afterwards} runs at the end. */
    public void flushKernel(Runnable afterwards) {
        LOG.info("flushing kernel conntrack table");
        parts.kernelCounters().flush();
        parts.flush().start(afterwards);
    }

    /** {@code -R}: reads the kernel's table again; {@code afterwards} runs at the end. */
    public void resyncFromKernel(Runnable afterwards) {
        if (parts.bypass().isPresent()) {
            LOG.info("resync is unsupported in this mode");
            afterwards.run();
            return;
        }
        LOG.info("resync with master conntrack table");
        parts.kernelCounters().resync();
        parts.resync().read().addListener(dump -> {
            if (!dump.isSuccess()) {
                LOG.error("the kernel's connections could not be read: {}", dump.cause().getMessage());
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
    public void start() {
        parts.session().start();
        parts.mode().start();
        if (parts.startupResync()) {
            requestResync();
        }
        if (parts.pollSeconds() > 0 && parts.bypass().isEmpty()) {
            poll = parts.loop().scheduleAtFixedRate(parts.resync()::poll, parts.pollSeconds(), parts.pollSeconds(),
                TimeUnit.SECONDS);
        }
    }

    /** Ends it: sockets and links are closed, the caches' memory is given back. */
    public void close() {
        purge.cancel();
        if (poll != null) {
            poll.cancel(false);
        }
        parts.close();
    }
}
