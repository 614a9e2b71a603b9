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
    private SyncNetwork network;
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
        network = new SyncNetwork(hub, 0);
        nodes.add(addNode(1));
        nodes.add(addNode(2));
    }

    private Node addNode(int number) throws IOException {
        Namespace namespace = Namespace.create(Machine.namespaceName("node" + number));
        Node node = new Node(number, namespace, directory.resolve("node" + number));
        network.plug(node);
        return node;
    }

    /** The network of the dedicated link that every test has. */
    public SyncNetwork network() {
        return network;
    }

    /** A second network, to which nobody is plugged yet. */
    public SyncNetwork secondNetwork() {
        return new SyncNetwork(hub, 1);
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
