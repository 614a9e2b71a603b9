/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A running daemon. */
public final class Daemon implements Controlled {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration REST_LIMIT = Duration.ofSeconds(60);
    private static final double AT_REST = 0.1;

    private final Program program;
    private final Process process;
    private final ConfigFile config;
    private final Path log;
    private final ControlSocket control;

    private Daemon(Program program, Process process, ConfigFile config, Path log) {
        this.program = program;
        this.process = process;
        this.config = config;
        this.log = log;
        control = ControlSocket.at(config.socket());
    }

    /** Starts a daemon in a namespace, where a hangup is one, and returns when it answers. */
    static Daemon start(Program program, Namespace namespace, ConfigFile config, Path log) {
        try {
            ProcessBuilder start =
                new ProcessBuilder(namespace.inside("env", "--default-signal=HUP", program.path(), "-C",
                    config.write().toString()));
            start.environment().putAll(config.environment());
            Process process = start.redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true)
                .start();
            Daemon daemon = new Daemon(program, process, config, log);
            Eventually.within(START_LIMIT, () -> {
                assertThat(process.isAlive() ? "" : daemon.log()).as("the daemon has ended").isEmpty();
                daemon.ask(ControlSocket.Request.STATS);
            });
            return daemon;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Program program() {
        return program;
    }

    public ConfigFile config() {
        return config;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public String ask(ControlSocket.Request request) throws IOException {
        return control.ask(request);
    }

    /** Runs the reference's own client against this daemon. */
    public Commands.Result referenceClient(String... arguments) {
        return client(Program.REFERENCE, arguments);
    }

    /** Runs a client program against this daemon. */
    public Commands.Result client(Program client, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = client.path();
        all[1] = "-C";
        all[2] = config.path().toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Commands.run(all);
    }

    /** Sends it a signal, named without SIG. */
    public void signal(String name) {
        Commands.expect("kill", "-" + name, Long.toString(process.pid()));
    }

    /** Kills it as a crash would: no farewell, nothing cleaned up. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends it by SIGTERM. */
    public int terminate() {
        process.destroy();
        return awaitEnd();
    }

    /** Waits until it has ended by itself, and returns its exit status. */
    public int awaitEnd() {
        try {
            assertThat(process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it does hardly anything: what it was asked for is done, and what it compiled for that. */
    public void awaitRest() {
        Rest rest = new Rest(process.toHandle());
        Eventually.within(REST_LIMIT, () ->
            assertThat(rest.share()).as("share of a processor").isLessThan(AT_REST));
    }

    /** What it has written so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
