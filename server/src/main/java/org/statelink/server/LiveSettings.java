/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.statelink.config.Environment;
import org.statelink.config.General;
import org.statelink.server.kernel.FilterOutcome;
import org.statelink.server.kernel.KernelSide;
import org.statelink.server.kernel.OverrunRepair;
import org.statelink.server.log.DaemonLog;
import org.statelink.server.log.LogFile;
import org.statelink.server.reload.ModeSettings;
import org.statelink.server.reload.ReloadOption;
import org.statelink.server.reload.ReloadPlan;
import org.statelink.server.system.DaemonLoops;
import org.statelink.server.system.StartException;
import org.statelink.server.system.StartUp;

/**
 * Makes a running daemon follow a plan. What can fail is tried first, so that either everything changes or nothing
 * does. Called on the thread of the reload, which waits for the loops; what the state loop owns is changed there.
 */
final class LiveSettings {
    private final DaemonLoops loops;
    private final KernelSide kernel;
    private final ModeSettings mode;

    /** Settings of the mode and of the loops that it runs on. */
    LiveSettings(DaemonLoops loops, WorkingMode mode) {
        this.loops = loops;
        kernel = mode.kernel();
        this.mode = mode.settings();
    }

    /**
     * Follows the plan.
     *
     * @return lines on what came of it, beyond what the plan says
     * @throws StartException if it cannot; then nothing has changed
     */
    List<String> follow(ReloadPlan plan) throws StartException {
        Optional<LogFile> logFile = openLogFile(plan.to().general().logFile());
        Runnable change;
        try {
            change = mode.prepare(plan);
        } catch (StartException e) {
            logFile.ifPresent(LogFile::close);
            throw e;
        }
        DaemonLog.alsoTo(logFile);
        if (plan.follows(ReloadOption.SCHEDULER)) {
            loops.enterRealTime(plan.to().general().scheduler());
        }
        if (plan.follows(ReloadOption.NICE)) {
            loops.setNice(plan.to().general().nice());
        }
        onState(() -> {
            change.run();
            applyGeneral(plan);
            return true;
        });
        return plan.follows(ReloadOption.FILTER) ? changeFilter(plan.to().general()) : List.of();
    }

    private static Optional<LogFile> openLogFile(Optional<Path> file) throws StartException {
        try {
            return file.isPresent() ? Optional.of(LogFile.open(file.get())) : Optional.empty();
        } catch (IOException e) {
            throw new StartException("can't open logfile `" + file.get() + "'. Reason: " + e.getMessage(), e);
        }
    }

    private void applyGeneral(ReloadPlan plan) {
        General general = plan.to().general();
        OverrunRepair overrun = kernel.overrun();
        kernel.setEventsPerTurn(general.eventIterationLimit());
        overrun.configure(general.netlinkBufferSizeMaxGrowth(), general.overrunResyncSeconds());
        if (general.eventBufferSize() != plan.from().general().eventBufferSize()) {
            overrun.setBuffer(general.eventBufferSize() == 0 ? systemBuffer() : general.eventBufferSize());
        }
        if (plan.follows(ReloadOption.FILTER_PLACE)) {
            kernel.changeFilterPlace(general.filter());
        }
    }

    private int systemBuffer() {
        OptionalLong bytes = Environment.host().sysctl("net.core.rmem_default");
        return bytes.isPresent() ? (int) Math.min(Integer.MAX_VALUE, bytes.getAsLong())
            : kernel.overrun().bufferBytes();
    }

    private List<String> changeFilter(General general) throws StartException {
        Future<FilterOutcome> change = onState(() -> kernel.changeFilter(general.filter()));
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
        return StartUp.await(loops.state().submit(action), "internal error");
    }
}
