/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** A firewall: a namespace with a kernel table, an interface on the dedicated link, and perhaps a daemon. */
public final class Node {
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
        kernel.prepare();
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
        return new ConfigFile(directory, network -> LinkAddresses.of(network, number));
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
        return new ConfigFile(beside(), network -> LinkAddresses.of(network, number));
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
            daemon.saveAnswers(folder);
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
