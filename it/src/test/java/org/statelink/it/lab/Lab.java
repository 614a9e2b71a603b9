/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on one switch, made anew for each test and removed after it, also when the tests are killed. A test may
 * have several such labs, side by side. What a failed test leaves lies under target/artefacts.
 */
public final class Lab implements BeforeEachCallback, AfterEachCallback {
    private static final Duration GREETING = Duration.ofSeconds(15);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Machine::removeOwn, "lab cleaner"));
    }

    private static final AtomicInteger LABS = new AtomicInteger();

    private final int number = LABS.incrementAndGet();
    private final String title;
    private final List<Node> nodes = new ArrayList<>();
    private Namespace hub;
    private SyncNetwork network;
    private final List<Namespace> hosts = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private Relay relay;
    private TemporaryFolder folder;

    public Lab() {
        this("");
    }

    /** A lab beside others, whose artefacts lie in a folder of this name. */
    public Lab(String title) {
        this.title = title;
    }

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
        folder = TemporaryFolder.create();
        hub = Namespace.create(namespaceName("switch"));
        network = new SyncNetwork(hub, 0);
        nodes.add(addNode(1));
        nodes.add(addNode(2));
    }

    private String namespaceName(String suffix) {
        return Machine.namespaceName(number + "-" + suffix);
    }

    private Node addNode(int place) throws IOException {
        Namespace namespace = Namespace.create(namespaceName("node" + place));
        Node node = new Node(place, namespace, folder.resolve("node" + place));
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

    /** One more network, for anything but a dedicated link. */
    public Switch addSwitch(String name) {
        return new Switch(hub, name);
    }

    /** One more machine, which is none of the nodes. */
    public Namespace addHost(String name) {
        Namespace host = Namespace.create(namespaceName(name));
        hosts.add(host);
        return host;
    }

    /** Adds what is to end with the lab. */
    public <T extends Part> T add(T part) {
        parts.add(part);
        return part;
    }

    /** The node whose connections the other one takes over. */
    public Node node1() {
        return nodes.get(0);
    }

    public Node node2() {
        return nodes.get(1);
    }

    /** Puts a relay between the nodes in the place of the switch, whose chances come from a seed. */
    public Relay relay(long seed) {
        List<String> ports = network.ports();
        for (String port : ports) {
            hub.expect("ip", "link", "set", port, "nomaster");
        }
        relay = new Relay(hub, ports.getFirst(), ports.getLast(), seed);
        return relay;
    }

    public Faults faults() {
        return new Faults(nodes.stream().map(Node::namespace).toList());
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

    /** Waits until both daemons hear each other and have greeted each other back. */
    public void awaitGreeting() {
        awaitPackets(3);
    }

    /** Waits until each daemon has heard the other. */
    public void awaitContact() {
        awaitPackets(1);
    }

    private void awaitPackets(int count) {
        Eventually.within(GREETING, () -> {
            for (Node node : nodes) {
                assertThat(node.daemon().received()).as("packets received by %s", node.name())
                    .isGreaterThanOrEqualTo(count);
            }
        });
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
        parts.reversed().forEach(Part::close);
        parts.clear();
        nodes.forEach(Node::close);
        nodes.clear();
        hosts.forEach(Namespace::delete);
        hosts.clear();
        if (relay != null) {
            relay.close();
            relay = null;
        }
        hub.delete();
        folder.delete();
    }

    private void saveArtefacts(ExtensionContext context) {
        Artefacts artefacts = Artefacts.of(context, title);
        nodes.forEach(node -> artefacts.keep(node.name(), node::saveArtefacts));
        parts.forEach(part -> artefacts.keep(part.name(), part::saveArtefacts));
    }
}
