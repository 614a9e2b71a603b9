/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.replication;

import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.statelink.config.DaemonConfig;
import org.statelink.config.Environment;
import org.statelink.config.General;
import org.statelink.config.Mode;
import org.statelink.config.Sync;
import org.statelink.server.kernel.CommitPreparation;
import org.statelink.server.kernel.EventFilter;
import org.statelink.server.kernel.FilterOutcome;
import org.statelink.server.log.DaemonLog;
import org.statelink.server.log.LogFile;
import org.statelink.server.reload.ReloadOption;
import org.statelink.server.reload.ReloadPlan;
import org.statelink.server.system.DaemonLoops;
import org.statelink.server.system.StartException;

/**
 * Makes a running daemon follow a plan. What can fail is tried first, so that either everything changes or nothing
 * does. Called on the thread of the reload, which waits for the loops; what the state loop owns is changed there.
 */
public final class LiveSettings {
    private final DaemonLoops loops;
    private final Replicator replicator;
    private final ReplicatorParts parts;

    /** Settings of this replicator and of the loops that it runs on. */
    public LiveSettings(DaemonLoops loops, Replicator replicator) {
        this.loops = loops;
        this.replicator = replicator;
        parts = replicator.parts();
    }

    /**
     * Follows the plan.
     *
     * @return lines on what came of it, beyond what the plan says
     * @throws StartException if it cannot; then nothing has changed
     */
    public List<String> follow(ReloadPlan plan) throws StartException {
        Optional<LogFile> logFile = openLogFile(plan.to().general().logFile());
        Optional<LinkChange> links;
        try {
            links = openLinks(plan);
        } catch (StartException e) {
            logFile.ifPresent(LogFile::close);
            throw e;
        }
        DaemonLog.alsoTo(logFile);
        if (plan.follows(ReloadOption.SCHEDULER)) {
            loops.enterRealTime(plan.to().general().scheduler());
        }
        onState(() -> {
            links.ifPresent(LinkChange::apply);
            applyGeneral(plan);
            plan.to().sync().ifPresent(this::applySync);
            return true;
        });
        if (plan.follows(ReloadOption.FILTER_PLACE)) {
            parts.socketFilter().apply(plan.to().general().filter());
        }
        return plan.follows(ReloadOption.FILTER) ? changeFilter(plan.to()) : List.of();
    }

    private static Optional<LogFile> openLogFile(Optional<Path> file) throws StartException {
        try {
            return file.isPresent() ? Optional.of(LogFile.open(file.get())) : Optional.empty();
        } catch (IOException e) {
            throw new StartException("can't open logfile `" + file.get() + "'. Reason: " + e.getMessage(), e);
        }
    }

    private Optional<LinkChange> openLinks(ReloadPlan plan) throws StartException {
        return plan.follows(ReloadOption.LINKS)
            ? Optional.of(LinkChange.prepare(parts, plan.from().sync().orElseThrow(), plan.to().sync().orElseThrow()))
            : Optional.empty();
    }

    private void applyGeneral(ReloadPlan plan) {
        General general = plan.to().general();
        parts.internal().setLimit(general.hashLimit());
        parts.external().setLimit(general.hashLimit());
        parts.overrun().configure(general.netlinkBufferSizeMaxGrowth(), general.overrunResyncSeconds());
        parts.events().setEventsPerTurn(general.eventIterationLimit());
        if (general.eventBufferSize() != plan.from().general().eventBufferSize()) {
            parts.overrun().setBuffer(general.eventBufferSize() == 0 ? systemBuffer() : general.eventBufferSize());
        }
    }

    private int systemBuffer() {
        OptionalLong bytes = Environment.host().sysctl("net.core.rmem_default");
        return bytes.isPresent() ? (int) Math.min(Integer.MAX_VALUE, bytes.getAsLong()) : replicator.eventBufferBytes();
    }

    private void applySync(Sync sync) {
        Mode mode = sync.mode();
        boolean windows = sync.options().tcpWindowTracking();
        parts.internal().setContent(mode.commitTimeout() == 0, windows);
        parts.committer().setPreparation(new CommitPreparation(mode.commitTimeout(), windows));
        replicator.setPurgeSeconds(mode.purgeTimeout());
        if (mode instanceof Mode.Ftfw ftfw) {
            parts.session().resize(ftfw.ackWindowSize(), ftfw.resendQueueSize());
        }
    }

    /** From the first event on which the new filter sees, until the cache is what it would always have been. */
    private List<String> changeFilter(DaemonConfig config) throws StartException {
        EventFilter filter = new EventFilter(config.general().filter());
        parts.flush().setFilter(filter);
        Future<FilterOutcome> change = onState(() -> {
            parts.receiver().setFilter(filter);
            parts.writes().setFilter(filter);
            parts.socketFilter().apply(config.general().filter());
            return parts.resync().changeFilter(filter);
        });
        List<String> lines = new ArrayList<>();
        if (change.awaitUninterruptibly().isSuccess()) {
            FilterOutcome outcome = change.getNow();
            lines.add("filter: " + outcome.removed() + " flows left the internal cache, " + outcome.added() + " came");
        } else {
            lines.add("filter: the kernel's connections could not be read: " + change.cause().getMessage());
        }
        return lines;
    }

    private <T> T onState(Callable<T> action) throws StartException {
        return ReplicatorBuilder.await(parts.loop().submit(action), "internal error");
    }
}
