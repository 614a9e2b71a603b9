/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.container;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.statelink.it.lab.Artefacts;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.ControlSocket;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Faults;
import org.statelink.it.lab.Machine;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.TemporaryFolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.it.Tables.assertSame;

/**
 * Two firewalls in containers of one image, on one network, made anew for each test and removed after it, also when the
 * tests are killed. Without a Docker engine the test is skipped. What a failed test leaves lies under target/artefacts.
 */
public final class FirewallPair implements BeforeEachCallback, AfterEachCallback {
    private static final Duration GREETING = Duration.ofSeconds(15);
    private static final Duration SOON = Duration.ofSeconds(20);

    private List<Firewall> firewalls = List.of();
    private SyncBridge bridge;
    private TemporaryFolder folder;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Engine.assumeThere();
        Engine.removeLeftovers();
        Machine.removeLeftovers();
        Machine.raiseLimits();
        folder = TemporaryFolder.create();
        bridge = SyncBridge.create();
        firewalls = List.of(firewall(1), firewall(2));
        both(Firewall::boot);
    }

    private Firewall firewall(int number) throws IOException {
        return new Firewall(number, bridge, folder.resolve("firewall" + number));
    }

    /** Does the same with both at the same time, and returns when both are done. */
    private void both(Consumer<Firewall> action) {
        CompletableFuture.allOf(firewalls.stream()
            .map(one -> CompletableFuture.runAsync(() -> action.accept(one), task -> Thread.ofPlatform().start(task)))
            .toArray(CompletableFuture<?>[]::new)).join();
    }

    /** The one whose connections the other one takes over. */
    public Firewall first() {
        return firewalls.getFirst();
    }

    public Firewall second() {
        return firewalls.getLast();
    }

    /** Starts a daemon on each and returns when they have greeted each other. */
    public void start(Pair programs) {
        start(programs, UnaryOperator.identity());
        awaitGreeting();
    }

    /** Starts a daemon on each, with another configuration than the usual one, and returns when both answer. */
    public void start(Pair programs, UnaryOperator<ConfigFile> configuration) {
        both(one -> one.start(one == first() ? programs.first() : programs.second(),
            configuration.apply(one.config())));
    }

    /** Waits until both daemons hear each other and have greeted each other back. */
    public void awaitGreeting() {
        awaitPackets(3);
    }

    /** Waits until each daemon has heard the other: what conntrackd tells before that on TCP is lost. */
    public void awaitContact() {
        awaitPackets(1);
    }

    private void awaitPackets(int count) {
        Eventually.within(GREETING, () -> {
            for (Firewall one : firewalls) {
                assertThat(one.daemon().received()).as("received by %s", one.name()).isGreaterThanOrEqualTo(count);
            }
        });
    }

    /** Waits until the second knows all that the first one tracks. */
    public void awaitReplication() {
        awaitReplication(first(), second());
    }

    /** Waits until the first knows all that the second one tracks. */
    public void awaitReplicationBack() {
        awaitReplication(second(), first());
    }

    private static void awaitReplication(Firewall from, Firewall to) {
        SortedSet<String> kernel = from.kernel().flowsAsCached();
        Eventually.within(SOON, () ->
            assertSame("external cache of " + to.name(), to.daemon().externalCache(), kernel));
    }

    /** The first daemon dies and the second one commits: then its kernel has to have the same. */
    public void takeOver() throws IOException {
        SortedSet<String> lost = first().kernel().flows();
        first().daemon().kill();
        second().daemon().ask(ControlSocket.Request.COMMIT);
        assertSame("kernel of the second", second().kernel().flows(), lost);
    }

    /** Nothing gets through the dedicated link. */
    public void partition() {
        faults().partition();
    }

    /** Either firewall loses a share of what is sent to it, at random. */
    public void lose(int percent) {
        faults().lose(percent);
    }

    /** The dedicated link is as good as new. */
    public void heal() {
        faults().heal();
    }

    private Faults faults() {
        return new Faults(firewalls.stream().map(Firewall::namespace).toList());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        try {
            context.getExecutionException().ifPresent(failure -> saveArtefacts(context));
        } finally {
            remove();
        }
    }

    private void saveArtefacts(ExtensionContext context) {
        if (!firewalls.isEmpty()) {
            Artefacts artefacts = Artefacts.of(context, "");
            firewalls.forEach(one -> artefacts.keep(one.name(), one::saveArtefacts));
        }
    }

    private void remove() throws IOException {
        both(Firewall::remove);
        if (bridge != null) {
            bridge.remove();
        }
        if (folder != null) {
            folder.delete();
        }
    }
}
