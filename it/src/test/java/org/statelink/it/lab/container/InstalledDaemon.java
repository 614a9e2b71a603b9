/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import org.statelink.it.lab.Commands;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.ControlSocket;
import org.statelink.it.lab.Controlled;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Program;

import static org.assertj.core.api.Assertions.assertThat;

/** A daemon in a container. Its control socket lies in the directory that the container shares with the test. */
public final class InstalledDaemon implements Controlled {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final String LOGGED = "exec \"$0\" -C \"$1\" >> \"$2\" 2>&1";

    private final Firewall firewall;
    private final Program program;
    private final ConfigFile config;
    private final Path log;
    private final String process;
    private final ControlSocket control;

    private InstalledDaemon(Firewall firewall, Program program, ConfigFile config, Path log, String process) {
        this.firewall = firewall;
        this.program = program;
        this.config = config;
        this.log = log;
        this.process = process;
        control = new ControlSocket(() -> UnixSocketChannel.open(new UnixSocketAddress(config.socket().toFile())));
    }

    /** Starts one and returns when it answers. */
    static InstalledDaemon start(Firewall firewall, Program program, ConfigFile config, Path log) {
        String process = Engine.client().execCreateCmd(firewall.id())
            .withCmd("/bin/sh", "-c", LOGGED, program.installed(), config.write().toString(), log.toString())
            .withEnv(environment(config))
            .exec().getId();
        run(process);
        InstalledDaemon daemon = new InstalledDaemon(firewall, program, config, log, process);
        Eventually.within(START_LIMIT, () -> {
            assertThat(daemon.isAlive() ? "" : daemon.log()).as("the daemon has ended").isEmpty();
            daemon.ask(ControlSocket.Request.STATS);
        });
        return daemon;
    }

    private static List<String> environment(ConfigFile config) {
        return config.environment().entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList();
    }

    private static void run(String process) {
        try {
            Engine.client().execStartCmd(process).withDetach(true)
                .exec(new ResultCallback.Adapter<Frame>()).awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private InspectExecResponse inspect() {
        return Engine.client().inspectExecCmd(process).exec();
    }

    public Program program() {
        return program;
    }

    public boolean isAlive() {
        return inspect().isRunning();
    }

    @Override
    public String ask(ControlSocket.Request request) throws IOException {
        return control.ask(request);
    }

    /** Runs a client program against this daemon, in its container. */
    public Commands.Result client(Program client, String... arguments) {
        return firewall.run(Stream.concat(Stream.of(client.installed(), "-C", config.path().toString()),
            Stream.of(arguments)).toArray(String[]::new));
    }

    /** Kills it as a crash would: no farewell, nothing cleaned up. */
    public void kill() {
        ProcessHandle.of(inspect().getPidLong()).ifPresent(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    /** Ends it by SIGTERM. */
    public void terminate() {
        ProcessHandle.of(inspect().getPidLong()).ifPresent(ProcessHandle::destroy);
        awaitEnd();
    }

    /** Waits until it has ended. */
    public void awaitEnd() {
        Eventually.within(STOP_LIMIT, () -> assertThat(isAlive()).as("alive").isFalse());
    }

    /** What it has written so far, and those before it in the same container. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
