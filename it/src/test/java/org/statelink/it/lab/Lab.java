/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on one switch, made anew for each test and removed after it, also when the tests are killed. What a
 * failed test leaves lies under target/artefacts.
 */
public final class Lab implements BeforeEachCallback, AfterEachCallback {
    private static final Duration GREETING = Duration.ofSeconds(15);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Machine::removeLeftovers, "lab cleaner"));
    }

    private final List<Node> nodes = new ArrayList<>();
    private Namespace hub;
    private int ports;
    private Path directory;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Machine.removeLeftovers();
        Machine.raiseLimits();
        build();
    }

    /** Two fresh nodes instead of the present ones. */
    public void renew() throws IOException {
        remove();
        build();
    }

    private void build() throws IOException {
        directory = Files.createTempDirectory("it-");
        hub = Namespace.create(Machine.namespaceName("switch"));
        addSwitch("bridge0");
        nodes.add(addNode(1));
        nodes.add(addNode(2));
    }

    private Node addNode(int number) throws IOException {
        Namespace namespace = Namespace.create(Machine.namespaceName("node" + number));
        String address = "192.168.77." + number;
        attach(namespace, "sync0", "bridge0", address);
        return new Node("node" + number, namespace, address, directory.resolve("node" + number));
    }

    /** One more network. */
    void addSwitch(String bridge) {
        hub.expect("ip", "link", "add", bridge, "type", "bridge", "mcast_snooping", "0");
        hub.expect("ip", "link", "set", bridge, "up");
    }

    /** Gives a namespace an interface in a network, with an address of a /24. */
    void attach(Namespace namespace, String networkInterface, String bridge, String address) {
        String port = "port" + ++ports;
        Commands.expect("ip", "link", "add", networkInterface, "netns", namespace.name(), "type", "veth",
            "peer", "name", port, "netns", hub.name());
        hub.expect("ip", "link", "set", port, "master", bridge, "up");
        namespace.expect("ip", "address", "add", address + "/24", "dev", networkInterface);
        namespace.expect("ip", "link", "set", networkInterface, "up");
    }

    /** The node whose connections the other one takes over. */
    public Node node1() {
        return nodes.get(0);
    }

    public Node node2() {
        return nodes.get(1);
    }

    public Faults faults() {
        return new Faults(nodes);
    }

    /** Starts both daemons and waits until they hear each other. */
    public void start(Pair pair) {
        start(pair.first(), pair.second());
    }

    /** Starts a daemon on each node and waits until they hear each other. */
    public void start(Program first, Program second) {
        node1().start(first);
        node2().start(second);
        awaitGreeting();
    }

    /** Waits until both daemons hear each other. */
    public void awaitGreeting() {
        Eventually.within(GREETING, () -> {
            assertThat(received(node1())).as("datagrams received by node 1").isGreaterThan(2);
            assertThat(received(node2())).as("datagrams received by node 2").isGreaterThan(2);
        });
    }

    private static long received(Node node) throws IOException {
        return Daemon.number(node.daemon().ask(ControlSocket.Request.STATS), "(\\d+) Pckts recv");
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        try {
            context.getExecutionException().ifPresent(failure -> saveArtefacts(context));
        } finally {
            remove();
        }
    }

    private void remove() throws IOException {
        nodes.forEach(Node::close);
        nodes.clear();
        hub.delete();
        deleteDirectory();
    }

    private void saveArtefacts(ExtensionContext context) {
        String name = context.getRequiredTestClass().getSimpleName() + "."
            + context.getRequiredTestMethod().getName() + "-" + context.getDisplayName().replaceAll("[^\\w]+", "-");
        Path target = Path.of("target", "artefacts", name);
        for (Node node : nodes) {
            try {
                node.saveArtefacts(target);
            } catch (RuntimeException e) {
                System.err.println("no artefacts of " + node.name() + ": " + e);
            }
        }
        System.err.println("artefacts: " + target.toAbsolutePath());
    }

    private void deleteDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
