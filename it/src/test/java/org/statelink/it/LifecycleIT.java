/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.Commands.Result;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.DaemonProcess;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.FlowMix;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.NotifySocket;
import org.statelink.it.lab.Program;

/** Start, life and end of a daemon as scripts, cluster managers and systemd see them. */
@Tag("netns")
@Timeout(180)
class LifecycleIT {
    private static final String PROGRAM = Program.OURS.path();
    private static final String DEFAULT_FILE = "/etc/conntrackd/conntrackd.conf";
    private static final Duration START = Duration.ofSeconds(30);
    /** After it OpenStack Neutron kills the daemon. */
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration WATCHDOG = Duration.ofSeconds(1);

    @RegisterExtension
    final Lab lab = new Lab();

    @Test
    void shouldBeReadyWhenTheStartInTheBackgroundReturns() {
        ConfigFile config = lab.node1().config();
        Result start = startInBackground(config);

        assertThat(start.status()).as(start.errors()).isZero();
        assertThat(config.socket()).exists();
        assertThat(config.lock()).content().isEqualTo(process().pid() + "\n");
        assertThat(command(config, "-s").output()).startsWith("cache internal:");
        assertThat(command(config, "-k").status()).isZero();
        Eventually.within(STOP, () -> {
            assertThat(config.socket()).doesNotExist();
            assertThat(lab.node1().namespace().processes()).isEmpty();
        });
        assertThat(config.lock()).doesNotExist();
    }

    @Test
    void shouldBeFoundByNameAndCommandLine() {
        ConfigFile config = lab.node1().config();
        startInBackground(config);

        DaemonProcess process = process();
        assertThat(process.name()).isEqualTo("conntrackd");
        assertThat(process.commandLine()).startsWith("conntrackd -d -C " + config.path() + " ");
        assertThat(lab.node1().namespace().expect("pgrep", "-f", "conntrackd -d -C " + config.path()))
            .isEqualTo(process.pid() + "\n");
        assertThat(lab.node1().namespace().expect("pgrep", "conntrackd").lines()).contains(process.pid());
    }

    @Test
    void shouldBeFoundInTheForegroundToo() {
        Daemon daemon = lab.node1().start(Program.OURS);

        assertThat(process().name()).isEqualTo("conntrackd");
        assertThat(process().commandLine()).startsWith("conntrackd -C " + daemon.config().path() + " ");
        assertThat(daemon.log()).contains("[notice] -- starting in console mode --");
    }

    @Test
    void shouldLetGoOfTheTerminal() {
        startInBackground(lab.node1().config());

        DaemonProcess process = process();
        assertThat(process.session()).isEqualTo(process.pid());
        assertThat(process.standardStreams()).containsOnly("/dev/null");
        assertThat(process.workingDirectory()).isEqualTo("/");
    }

    @Test
    void shouldReadTheDefaultFileWithoutBeingToldTo() {
        ConfigFile config = lab.node1().config();
        Result start = lab.node1().namespace().run("unshare", "--mount", "sh", "-c",
            "mkdir -p /etc/conntrackd && touch " + DEFAULT_FILE + " && mount --bind " + config.write() + " "
                + DEFAULT_FILE + " && exec " + PROGRAM + " -d");

        assertThat(start.status()).as(start.errors()).isZero();
        assertThat(config.socket()).exists();
        assertThat(process().commandLine()).startsWith("conntrackd -d -C " + DEFAULT_FILE + " ");
    }

    @Test
    void shouldSayWhyItDoesNotStartInTheBackground() throws IOException {
        ConfigFile config = lab.node1().config();
        Files.createFile(config.lock());
        Result locked = startInBackground(config);
        assertThat(locked.status()).isEqualTo(1);
        assertThat(locked.errors()).contains("[ERROR] lockfile `" + config.lock() + "' exists, perhaps conntrackd");

        Result missing = lab.node1().namespace().run(PROGRAM, "-d", "-C", "/nonexistent/conntrackd.conf");
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.errors()).contains("can't open config file `/nonexistent/conntrackd.conf'");
        assertThat(lab.node1().namespace().processes()).isEmpty();
    }

    @Test
    void shouldWriteOfItsStartAndEndToTheLogAsConntrackdDoes() {
        Path log = log();
        ConfigFile config = lab.node1().config().general("LogFile " + log);
        assertThat(startInBackground(config).status()).isZero();
        command(config, "-k");
        Eventually.within(STOP, () -> assertThat(log).content().contains("---- shutdown received ----"));
        assertThat(log).content().containsSubsequence("[notice] initialization completed",
            "[notice] -- starting in daemon mode --", "[notice] ---- shutdown received ----");
    }

    private Path log() {
        return lab.node1().config().path().resolveSibling("conntrackd.log");
    }

    @Test
    void shouldWriteOnIntoALogThatWasTruncated() throws IOException {
        Path log = log();
        Daemon daemon = lab.node1().start(Program.OURS, lab.node1().config().general("LogFile " + log));
        Files.write(log, new byte[0]);

        daemon.client(Program.OURS, "-f", "internal");

        Eventually.within(STOP, () -> assertThat(log).content().contains("flushing internal cache"));
        assertThat(log).content().startsWith("[").doesNotContain("initialization completed", "\0");
    }

    @Test
    void shouldStartAtOnceAfterItWasKilled() {
        ConfigFile config = lab.node1().config();
        startInBackground(config);
        String killed = process().pid();
        lab.node1().namespace().expect("kill", "-KILL", killed);

        Result start = startInBackground(config);

        assertThat(start.status()).as(start.errors()).isZero();
        assertThat(start.errors()).contains("was left by a daemon that no longer runs (pid " + killed + ")");
        assertThat(command(config, "-s").status()).isZero();
    }

    @Test
    void shouldLetOneOfTwoStartsAtTheSameTimeWin() {
        ConfigFile config = lab.node1().config();
        config.write();
        List<CompletableFuture<Result>> starts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            starts.add(CompletableFuture.supplyAsync(() -> start(config)));
        }
        List<Result> results = starts.stream().map(CompletableFuture::join).toList();

        assertThat(results).extracting(Result::status).containsExactlyInAnyOrder(0, 1);
        assertThat(results).filteredOn(result -> result.status() == 1).singleElement()
            .extracting(Result::errors).asString().contains("perhaps conntrackd already running?");
        assertThat(command(config, "-s").status()).isZero();
        assertThat(config.lock()).content().isEqualTo(process().pid() + "\n");
    }

    @Test
    void shouldEndCleanlyUnderLoad() {
        Daemon daemon = lab.node1().start(Program.OURS);
        List<Flow> flows = FlowMix.knownToReference().take(40_000);
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> lab.node1().kernel().create(flows, 20_000));
        Eventually.within(START, () -> assertThat(daemon.cached("internal")).isGreaterThan(5_000));

        long began = System.nanoTime();
        assertThat(daemon.terminate()).isZero();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(STOP);
        assertThat(daemon.config().socket()).doesNotExist();
        assertThat(daemon.config().lock()).doesNotExist();
        load.join();
    }

    @Test
    void shouldTellSystemdInTheForeground() throws IOException {
        ConfigFile config = lab.node1().config();
        try (NotifySocket systemd = NotifySocket.open(config.path().resolveSibling("notify"))) {
            String[] command = systemd.withWatchdog(WATCHDOG, PROGRAM, "-C", config.write().toString());
            Process process = new ProcessBuilder(lab.node1().namespace().inside(command)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            Eventually.within(START, () -> assertThat(systemd.received()).contains("READY=1").contains("WATCHDOG=1"));
            assertThat(systemd.received()).doesNotContain("MAINPID");
            command(config, "--reload");
            Eventually.within(STOP, () -> assertThat(systemd.received())
                .containsSubsequence("RELOADING=1\nMONOTONIC_USEC=", "READY=1"));
            process.destroy();
            Eventually.within(STOP, () -> assertThat(systemd.received()).contains("STOPPING=1"));
        }
    }

    @Test
    void shouldTellSystemdWhichProcessIsTheDaemon() throws IOException {
        ConfigFile config = lab.node1().config();
        try (NotifySocket systemd = NotifySocket.open(config.path().resolveSibling("notify"))) {
            Result start = lab.node1().namespace().run(systemd.withWatchdog(WATCHDOG, PROGRAM, "-d", "-C",
                config.write().toString()));
            assertThat(start.status()).as(start.errors()).isZero();
            String pid = process().pid();
            Eventually.within(STOP, () -> assertThat(systemd.received())
                .containsSubsequence("MAINPID=" + pid + "\nREADY=1\n", "WATCHDOG=1"));
        }
    }

    @Test
    void shouldTellSystemdNothingWhereThatIsOff() throws IOException {
        ConfigFile config = lab.node1().config().general("Systemd off");
        try (NotifySocket systemd = NotifySocket.open(config.path().resolveSibling("notify"))) {
            Result start = lab.node1().namespace().run(systemd.withWatchdog(WATCHDOG, PROGRAM, "-d", "-C",
                config.write().toString()));
            assertThat(start.status()).as(start.errors()).isZero();
            command(config, "-k");
            Eventually.within(STOP, () -> assertThat(lab.node1().namespace().processes()).isEmpty());
            assertThat(systemd.received()).isEmpty();
        }
    }

    @Test
    void shouldAppearAndVanishForALoopThatWatchesItsSocket() {
        ConfigFile config = lab.node1().config();
        config.write();
        Result loop = lab.node1().namespace().run("sh", "-c", """
            until [ -S "$2" ]; do "$1" -d -C "$3" || exit 1; done
            "$1" -C "$3" -s > /dev/null || exit 2
            n=0
            while [ -S "$2" ]; do "$1" -C "$3" -k; sleep 0.2; n=$((n + 1)); [ $n -lt 25 ] || exit 3; done
            """, "sh", PROGRAM, config.socket().toString(), config.path().toString());
        assertThat(loop.status()).as(loop.errors()).isZero();
    }

    private Result startInBackground(ConfigFile config) {
        config.write();
        return start(config);
    }

    private Result start(ConfigFile config) {
        return command(config, "-d");
    }

    private Result command(ConfigFile config, String command) {
        return lab.node1().namespace().run(PROGRAM, command, "-C", config.path().toString());
    }

    private DaemonProcess process() {
        assertThat(lab.node1().namespace().processes()).hasSize(1);
        return new DaemonProcess(lab.node1().namespace().processes().getFirst());
    }
}
