/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

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

    /** Within what every configuration ignores. */
    private static final String ASIDE = "127.77.0.1";

    private final String name;
    private final Namespace namespace;
    private final String address;
    private final Path directory;
    private final Kernel kernel;
    private Daemon daemon;
    private Daemon beside;

    Node(String name, Namespace namespace, String address, Path directory) throws IOException {
        this.name = name;
        this.namespace = namespace;
        this.address = address;
        this.directory = Files.createDirectory(directory);
        kernel = new Kernel(namespace);
        // labels and translation exist in a namespace once a rule names them; nothing else shall be tracked
        namespace.nft(FEATURES);
    }

    public String name() {
        return name;
    }

    public Namespace namespace() {
        return namespace;
    }

    /** Its address on the dedicated link. */
    public String address() {
        return address;
    }

    public Kernel kernel() {
        return kernel;
    }

    public ConfigFile config() {
        return new ConfigFile(directory, address);
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

    /** Starts a second daemon on the same kernel and returns when it answers; it has no link that anybody is on. */
    public Daemon startBeside(Program program) throws IOException {
        namespace.expect("ip", "link", "add", "aside0", "type", "veth", "peer", "name", "nobody0");
        namespace.expect("ip", "address", "add", ASIDE + "/24", "dev", "aside0");
        namespace.expect("ip", "link", "set", "nobody0", "up");
        namespace.expect("ip", "link", "set", "aside0", "up");
        Path aside = Files.createDirectory(directory.resolve("aside"));
        beside = Daemon.start(program, namespace, new ConfigFile(aside, ASIDE).networkInterface("aside0"),
            aside.resolve("log"));
        return beside;
    }

    public Daemon daemon() {
        return daemon;
    }

    /** Leaves all that helps to see what went wrong. */
    void saveArtefacts(Path target) {
        try {
            Path to = Files.createDirectories(target.resolve(name));
            for (String file : new String[] {"log", "conntrackd.conf"}) {
                if (Files.exists(directory.resolve(file))) {
                    Files.writeString(to.resolve(file), Files.readString(directory.resolve(file)));
                }
            }
            Files.write(to.resolve("kernel"), kernel.flows());
            if (daemon != null && daemon.isAlive()) {
                for (ControlSocket.Request request : ControlSocket.Request.values()) {
                    saveAnswer(request, to);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void saveAnswer(ControlSocket.Request request, Path to) throws IOException {
        if (request != ControlSocket.Request.COMMIT && request != ControlSocket.Request.REQUEST_DUMP) {
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
