/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Conntrack;
import org.statelink.netlink.route.InterfaceStatus;
import org.statelink.server.cache.CacheFlush;
import org.statelink.server.cache.ExternalCache;
import org.statelink.server.cache.ExternalExpectations;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.cache.InternalExpectations;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.kernel.KernelInjection;
import org.statelink.server.kernel.KernelSide;
import org.statelink.server.kernel.PurgeTimer;
import org.statelink.server.mode.BypassFlows;
import org.statelink.server.mode.Losses;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncLinkGroup;

/**
 * Everything that the state loop owns, and what may be asked of it. Made by {@link ReplicatorBuilder}; all methods are
 * called on the state loop.
 */
public final class Replicator {
    private static final Logger LOG = LoggerFactory.getLogger(Replicator.class);

    private final ReplicatorParts parts;
    private final PurgeTimer purge;
    private final CacheFlush internalFlush;
    private final CacheFlush externalFlush;
    private final CacheFlush internalExpectationFlush;
    private final CacheFlush externalExpectationFlush;
    private final RoleOrders orders = new RoleOrders();
    private Role role = Role.UNKNOWN;

    Replicator(ReplicatorParts parts) {
        this.parts = parts;
        purge = new PurgeTimer(parts.loop(), parts.purgeSeconds(), this::purgeNow);
        internalFlush = new CacheFlush(parts.loop(), parts.internal().flows());
        externalFlush = new CacheFlush(parts.loop(), parts.external().flows());
        internalExpectationFlush = new CacheFlush(parts.loop(), parts.internal().expectations());
        externalExpectationFlush = new CacheFlush(parts.loop(), parts.external().expectations());
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

    /** The state of the network interface under one of the links. */
    public InterfaceStatus interfaceStatus(SyncLink link) {
        return parts.dedicated().status(link);
    }

    /** What the protocol counted. */
    public SyncCounters syncCounters() {
        return parts.syncCounters();
    }

    /** The side towards the kernel. */
    public KernelSide kernel() {
        return parts.kernel();
    }

    /** What this node and its peers are known to miss of each other. */
    public Losses losses() {
        return parts.losses();
    }

    /** The commits so far. */
    public ExternalCommit<Conntrack> commits() {
        return parts.commit();
    }

    /** Which part this node plays. */
    public Role role() {
        return role;
    }

    /** The daemon's clock. */
    public Uptime uptime() {
        return parts.uptime();
    }

    /** The loop that all this belongs to. */
    public EventLoop loop() {
        return parts.loop();
    }

    private void become(Role.Part part, String reason) {
        role = new Role(part, reason, parts.uptime().seconds());
    }

    /**
     * {@code --promote}: what makes a primary of a backup, in one go. {@code committed} is told when the kernel has
     * what the peers told; then the external caches are emptied, the kernel's tables read and told to the peers.
     */
    public void promote(Consumer<ExternalCommit.Result> committed) {
        orders.give(end -> promote(committed, end));
    }

    private void promote(Consumer<ExternalCommit.Result> committed, Runnable end) {
        if (parts.commit().isRunning()) {
            parts.commit().join(() -> promote(committed, end));
        } else if (parts.expectationCommit().isRunning()) {
            parts.expectationCommit().join(() -> promote(committed, end));
        } else {
            commitAll(() -> goOnAsPrimary(committed, end));
        }
    }

    private void goOnAsPrimary(Consumer<ExternalCommit.Result> committed, Runnable end) {
        become(Role.Part.PRIMARY, "promote");
        committed.accept(parts.commit().result());
        flushExternal();
        externalExpectationFlush.start();
        resyncAllFromKernel(() -> {
            sendBulk();
            end.run();
        });
    }

    /**
     * {@code --demote}: what makes a backup of a primary. Dead flows are purged later, the peers asked for theirs.
     * While a promotion is under way, that happens at its end.
     */
    public void demote() {
        orders.give(end -> {
            schedulePurge();
            requestResync();
            become(Role.Part.BACKUP, "demote");
            end.run();
        });
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
        become(Role.Part.PRIMARY, "commit");
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
            internalExpectationFlush.start();
            externalExpectationFlush.start();
        }
    }

    private void emptyFlows() {
        purge.cancel();
        LOG.info("flushing caches");
        emptyInternal();
        externalFlush.start();
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
            externalFlush.start();
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
        internalFlush.start();
        parts.kernel().cacheEmptied();
        // without an internal cache the kernel's table takes its place
        parts.bypass().ifPresent(bypass -> parts.kernel().deleteAll(() -> { }));
    }

    /** {@code -F ct}: empties the kernel's table of flows; {@code afterwards} runs at the end. */
    public void flushKernel(Runnable afterwards) {
        LOG.info("flushing kernel conntrack table");
        parts.kernel().flush(afterwards);
    }

    /** {@code -F expect}: empties the kernel's table of expectations; {@code afterwards} runs at the end. */
    public void flushKernelExpectations(Runnable afterwards) {
        LOG.info("flushing kernel expect table");
        parts.kernel().flushExpectations(afterwards);
    }

    /** {@code -F}: empties both tables of the kernel; {@code afterwards} runs at the end. */
    public void flushKernelAll(Runnable afterwards) {
        flushKernel(parts.expectations() ? () -> flushKernelExpectations(afterwards) : afterwards);
    }

    /** {@code -R ct}: reads the kernel's flows again; {@code afterwards} runs at the end. */
    public void resyncFromKernel(Runnable afterwards) {
        resync(parts.kernel()::resync, afterwards);
    }

    /** {@code -R expect}: reads the kernel's expectations again; {@code afterwards} runs at the end. */
    public void resyncExpectationsFromKernel(Runnable afterwards) {
        resync(parts.kernel()::resyncExpectations, afterwards);
    }

    /** {@code -R}: reads both tables of the kernel again; {@code afterwards} runs at the end. */
    public void resyncAllFromKernel(Runnable afterwards) {
        resyncFromKernel(parts.expectations() ? () -> resyncExpectationsFromKernel(afterwards) : afterwards);
    }

    private void resync(Consumer<Runnable> read, Runnable afterwards) {
        if (parts.bypass().isPresent()) {
            LOG.info("resync is unsupported in this mode");
            afterwards.run();
        } else {
            read.accept(afterwards);
        }
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
        become(Role.Part.BACKUP, "purge");
        purge.schedule();
    }

    private void purgeNow() {
        LOG.info("flushing kernel conntrack table (scheduled)");
        parts.kernel().flush(() -> { });
        emptyInternal();
    }

    /** Takes part from now on. */
    public void start() {
        parts.session().start();
        parts.mode().start();
        if (parts.bypass().isEmpty()) {
            parts.kernel().startPolling();
        }
        if (parts.startupResync()) {
            requestResync();
        }
    }

    /** Ends it: sockets and links are closed, the caches' memory is given back. */
    public void close() {
        purge.cancel();
        parts.close();
    }
}
