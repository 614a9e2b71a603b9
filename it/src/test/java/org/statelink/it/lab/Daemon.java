/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** A running daemon. */
public final class Daemon {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

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
        control = new ControlSocket(config.socket());
    }

    /** Starts a daemon in a namespace and returns when it answers. */
    static Daemon start(Program program, Namespace namespace, ConfigFile config, Path log) {
        try {
            ProcessBuilder start =
                new ProcessBuilder(namespace.inside(program.path(), "-C", config.write().toString()));
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

    /** Sends a request over the control socket and returns the answer. */
    public String ask(ControlSocket.Request request) throws IOException {
        return control.ask(request);
    }

    /** The number after a label in the answer to a request, for example "Packets lost". */
    public long counter(ControlSocket.Request request, String label) throws IOException {
        return number(ask(request), Pattern.quote(label) + ":\\s+(\\d+)");
    }

    /** The number that a pattern's group finds in a text. */
    static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in%n%s", pattern, text).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** The number of connections in the internal or external cache, without a dump. */
    public long cached(String cache) throws IOException {
        String answer = ask(ControlSocket.Request.STATS);
        return number(answer, "cache " + cache + ":\\s+current active connections:\\s+(\\d+)");
    }

    /** The external cache, comparable with a kernel's {@link Kernel#flowsAsCached()}. */
    public SortedSet<String> externalCache() throws IOException {
        return dump(ControlSocket.Request.DUMP_EXTERNAL);
    }

    public SortedSet<String> internalCache() throws IOException {
        return dump(ControlSocket.Request.DUMP_INTERNAL);
    }

    private SortedSet<String> dump(ControlSocket.Request request) throws IOException {
        SortedSet<String> flows = new TreeSet<>();
        ask(request).lines().map(FlowText::fromAnswer).forEach(flows::add);
        return flows;
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

    /** What it has written so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
