/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.Commands.Result;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.FlowMix;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.Program;

/** Another configuration for a daemon that runs. */
@Tag("netns")
@Timeout(120)
class ReloadIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int PER_SECOND = 20_000;
    private static final String NO_UDP = "Protocol Ignore { UDP }";

    @RegisterExtension
    final Lab lab = new Lab();

    @Test
    void shouldChangeTheFilterUnderAStreamOfEventsWithoutLosingAConnection() throws Exception {
        lab.start(Program.OURS, Program.OURS);
        List<Flow> flows = FlowMix.knownToReference().take(60_000);
        CompletableFuture<Void> stream = CompletableFuture.runAsync(() -> stream(lab.node1(), flows));

        int reloads = 0;
        while (!stream.isDone() || reloads < 5) {
            expectReloaded(reload(lab.node1().config().filter(reloads++ % 2 == 0 ? NO_UDP : "")));
        }
        stream.get();

        expectReloaded(reload(lab.node1().config().filter(NO_UDP)));
        expectCaches(flow -> !flow.startsWith("udp "));
        expectReloaded(reload(lab.node1().config()));
        expectCaches(flow -> true);
    }

    private static void stream(Node node, List<Flow> flows) {
        node.kernel().create(flows.subList(0, 30_000), PER_SECOND);
        node.kernel().delete(flows.subList(0, 15_000), PER_SECOND);
        node.kernel().create(flows.subList(30_000, flows.size()), PER_SECOND);
        node.kernel().delete(flows.subList(20_000, 35_000), PER_SECOND);
    }

    private Result reload(ConfigFile config) {
        config.write();
        return lab.node1().daemon().client(Program.OURS, "--reload");
    }

    private static void expectReloaded(Result result) {
        assertThat(result.status()).as(result.output() + result.errors()).isZero();
        assertThat(result.output()).startsWith("reloaded\n");
    }

    private void expectCaches(Predicate<String> wanted) {
        SortedSet<String> expected = lab.node1().kernel().flowsAsCached().stream().filter(wanted)
            .collect(Collectors.toCollection(TreeSet::new));
        assertThat(expected).hasSizeGreaterThan(15_000);
        Daemon first = lab.node1().daemon();
        Daemon second = lab.node2().daemon();
        Eventually.within(LIMIT, () -> {
            Tables.assertSame("internal cache", first.internalCache(), expected);
            assertThat(first.cached("internal")).as("no connection twice").isEqualTo(expected.size());
            Tables.assertSame("external cache of the peer", second.externalCache(), expected);
            assertThat(second.cached("external")).isEqualTo(expected.size());
        });
    }

    @Test
    void shouldReloadOnHangupAndRefuseAWrongFile() throws IOException {
        Daemon daemon = lab.node1().start(Program.OURS);
        long before = buffer(daemon);

        Result wrong = reload(lab.node1().config().eventBuffer(4_194_304).general("HashLimt 7"));
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.errors()).contains("HashLimt");
        daemon.signal("HUP");
        Eventually.within(LIMIT, () -> assertThat(daemon.log())
            .containsPattern("\\[ERROR] not reloaded: .*conntrackd.conf:\\d+:\\d+: .*did you mean 'HashLimit'"));
        assertThat(buffer(daemon)).isEqualTo(before);

        lab.node1().config().eventBuffer(4_194_304).write();
        daemon.signal("HUP");
        Eventually.within(LIMIT, () -> assertThat(buffer(daemon)).isEqualTo(4_194_304));
        assertThat(daemon.terminate()).isZero();
    }

    private static long buffer(Daemon daemon) throws IOException {
        return daemon.counter(Request.STATS_RUNTIME, "current buffer size (in bytes)");
    }

    @Test
    void shouldOpenTheLogFileAnewOnUsr1() throws IOException {
        Path log = lab.node1().config().path().resolveSibling("conntrackd.log");
        Daemon daemon = lab.node1().start(Program.OURS, lab.node1().config().general("LogFile " + log));
        Path old = Files.move(log, log.resolveSibling("conntrackd.log.1"));

        daemon.signal("USR1");

        Eventually.within(LIMIT, () -> assertThat(log).content().contains("log file opened anew"));
        assertThat(old).content().contains("initialization completed").doesNotContain("anew");
        assertThat(daemon.terminate()).isZero();
        assertThat(log).content().contains("shutdown received");
    }

    @Test
    void shouldSayThatNoDaemonRuns() {
        ConfigFile config = lab.node1().config();
        Result result = lab.node1().namespace().run(Program.OURS.path(), "-C", config.write().toString(), "--reload");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errors()).contains("is conntrackd running?");
    }

    @Test
    void shouldCheckAndConvertWithoutADaemon() {
        ConfigFile config = lab.node1().config();
        Result check = lab.node1().namespace().run(Program.OURS.path(), "-C", config.write().toString(), "--check");
        assertThat(check.status()).as(check.errors()).isZero();
        assertThat(check.output()).contains("replicates in mode FTFW over Multicast");

        Result convert = lab.node1().namespace().run(Program.OURS.path(), "--convert", "-C", config.path().toString());
        assertThat(convert.status()).as(convert.errors()).isZero();
        assertThat(convert.output()).startsWith("statelink {").contains("hash-limit = 1048576");
    }
}
