/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/** A firewall: a namespace with a kernel table, an interface on the dedicated link, and perhaps a daemon. */
public final class Node {
    private static final String FEATURES = """
        table inet features {
            chain untracked_in { type filter hook prerouting priority raw; notrack; }
            chain untracked_out { type filter hook output priority raw; notrack; }
            chain labelled { type filter hook input priority 0; ct state established ct label set 1; }
            chain translated { type nat hook postrouting priority srcnat; }
        }
        """;

    private static final Duration CRASH_LIMIT = Duration.ofSeconds(5);

    private final int number;
    private final Namespace namespace;
    private final Path directory;
    private final Kernel kernel;
    private Daemon daemon;
    private Daemon beside;

    Node(int number, Namespace namespace, Path directory) throws IOException {
        this.number = number;
        this.namespace = namespace;
        this.directory = Files.createDirectory(directory);
        kernel = new Kernel(namespace);
        // labels and translation exist in a namespace once a rule names them; nothing else shall be tracked
        namespace.nft(FEATURES);
    }

    /** 1 or 2. */
    public int number() {
        return number;
    }

    public String name() {
        return "node" + number;
    }

    public Namespace namespace() {
        return namespace;
    }

    /** Its address on the dedicated link. */
    public String address() {
        return LinkAddresses.of(0, number).ipv4();
    }

    public Kernel kernel() {
        return kernel;
    }

    public ConfigFile config() {
        return new ConfigFile(directory, number);
    }

    /** Starts a daemon with the usual configuration and returns when it answers. */
    public Daemon start(Program program) {
        return start(program, config());
    }

    /** Starts a daemon and returns when it answers. */
    public Daemon start(Program program, ConfigFile config) {
        daemon = Daemon.start(program, namespace, config, directory.resolve("log"));
        return daemon;
    }

    /** The configuration of another daemon on the same kernel. */
    public ConfigFile configBeside() {
        return new ConfigFile(beside(), number);
    }

    /** Starts another daemon on the same kernel and returns when it answers. It ends with the node. */
    public Daemon startBeside(Program program, ConfigFile config) {
        beside = Daemon.start(program, namespace, config, beside().resolve("log"));
        return beside;
    }

    private Path beside() {
        try {
            return Files.createDirectories(directory.resolve("beside"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that runs here ends at once, without farewell. */
    public void crash() {
        namespace.processes().forEach(pid -> ProcessHandle.of(Long.parseLong(pid))
            .ifPresent(ProcessHandle::destroyForcibly));
        Eventually.within(CRASH_LIMIT, () -> assertThat(namespace.processes()).isEmpty());
    }

    public Daemon daemon() {
        return daemon;
    }

    /** Leaves all that helps to see what went wrong. */
    void saveArtefacts(Path folder) throws IOException {
        for (String file : new String[] {"log", "conntrackd.conf"}) {
            if (Files.exists(directory.resolve(file))) {
                Files.writeString(folder.resolve(file), Files.readString(directory.resolve(file)));
            }
        }
        Files.write(folder.resolve("kernel"), kernel.flows());
        if (daemon != null && daemon.isAlive()) {
            for (ControlSocket.Request request : ControlSocket.Request.values()) {
                saveAnswer(request, folder);
            }
        }
    }

    private void saveAnswer(ControlSocket.Request request, Path to) throws IOException {
        if (!request.isOrder()) {
            Files.writeString(to.resolve(request.name().toLowerCase(Locale.ROOT)), daemon.ask(request));
        }
    }

    void close() {
        for (Daemon one : new Daemon[] {daemon, beside}) {
            if (one != null && one.isAlive()) {
                one.kill();
            }
        }
        namespace.delete();
    }
}
