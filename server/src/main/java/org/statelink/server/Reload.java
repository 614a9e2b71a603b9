/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.ConfigException;
import org.statelink.config.ConfigReader;
import org.statelink.config.ConfigResult;
import org.statelink.config.DaemonConfig;
import org.statelink.config.Diagnostic;
import org.statelink.control.ControlRequest;
import org.statelink.server.reload.ReloadPlan;
import org.statelink.server.system.ServiceManager;
import org.statelink.server.system.StartException;

/**
 * Reads the configuration again while the daemon runs, and has it followed as far as possible. If anything is wrong
 * with it, all stays as it was. Reloads are done one after the other on a thread of their own: a file may be slow.
 */
final class Reload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
    private static final long PATIENCE_SECONDS = 5;

    private final Optional<Path> file;
    private final DaemonConfig started;
    private final LiveSettings live;
    private final ServiceManager manager;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(new DefaultThreadFactory("reload", true));
    private DaemonConfig current;

    /**
     * Reloads from the file, if there is one; {@code started} is what was read from it at the start. The service
     * manager is told of each.
     */
    Reload(Optional<Path> file, DaemonConfig started, LiveSettings live, ServiceManager manager) {
        this.manager = manager;
        this.file = file.map(Path::toAbsolutePath);
        this.started = started;
        this.live = live;
        current = started;
    }

    /** Asks for a reload. {@code answer} gets several lines, on the thread of the reload. Any thread. */
    void request(Consumer<String> answer) {
        try {
            thread.execute(() -> answer.accept(runAndTell()));
        } catch (RejectedExecutionException e) {
            answer.accept(ControlRequest.NOT_RELOADED + "the daemon is stopping\n");
        }
    }

    private String runAndTell() {
        manager.reloading();
        String answer = run();
        manager.ready(DaemonRun.status(current));
        return answer;
    }

    private String run() {
        try {
            return file.isEmpty() ? failed("the daemon was not started from a file\n") : reload(file.get());
        } catch (ConfigException e) {
            return failed(render(e.errors()) + render(e.warnings()));
        } catch (StartException e) {
            return failed(e.getMessage() + '\n');
        } catch (RuntimeException e) {
            LOG.error("reload failed", e);
            return failed(e + "\n");
        }
    }

    private String reload(Path path) throws ConfigException, StartException {
        ConfigResult read = ConfigReader.read(path);
        SupportedConfig.check(read.config());
        ReloadPlan plan = ReloadPlan.of(started, current, read.config());
        List<String> outcome = live.follow(plan);
        current = plan.to();
        StringBuilder answer = new StringBuilder(ControlRequest.RELOADED).append('\n');
        plan.changes().forEach(change -> answer.append(change).append('\n'));
        outcome.forEach(line -> answer.append(line).append('\n'));
        if (plan.changes().isEmpty()) {
            answer.append("nothing has changed\n");
        }
        answer.append(render(read.warnings()));
        answer.toString().lines().forEach(LOG::info);
        return answer.toString();
    }

    private static String failed(String reason) {
        String answer = ControlRequest.NOT_RELOADED + reason;
        answer.lines().forEach(LOG::error);
        return answer;
    }

    private static String render(List<Diagnostic> findings) {
        StringBuilder text = new StringBuilder();
        findings.forEach(each -> text.append(each.render()));
        return text.toString();
    }

    /** Waits a little for a reload under way; there is none afterwards. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a reload is still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
