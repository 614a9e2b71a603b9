/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.config.ConfigReader;
import org.statelink.conntrack.Conntrack;
import org.statelink.control.ControlRequest;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.kernel.Flows;
import org.statelink.server.replication.Replicator;
import org.statelink.server.system.ServiceManager;

/** A pair of daemons, each with a kernel in memory, of which one or both get another configuration while they run. */
class DaemonReloadTest {
    private static final String IGNORE = "Filter From Userspace { Address Ignore { IPv4_address 198.51.100.34 } }";

    @TempDir
    private Path directory;
    private final KernelDouble kernelOfA = new KernelDouble();
    private final KernelDouble kernelOfB = new KernelDouble();
    private int port;
    private Daemon a;
    private Daemon b;

    @BeforeEach
    void start() throws Exception {
        port = DaemonClients.freePort();
        a = start("a", kernelOfA);
        b = start("b", kernelOfB);
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
    }

    private Daemon start(String name, KernelDouble kernel) throws Exception {
        Path file = write(name, "", "", link(port, ""));
        return Daemon.start(ConfigReader.read(file).config(), file, kernel, ServiceManager.NONE);
    }

    private static String link(int port, String more) {
        return "Multicast {\nIPv4_address 225.0.0.50\nGroup " + port
            + "\nIPv4_interface 127.0.0.1\nInterface lo\n" + more + "\n}\n";
    }

    private Path write(String name, String general, String mode, String links) throws IOException {
        return Files.writeString(directory.resolve(name + ".conf"), "Sync {\nMode FTFW {\n" + mode + "\n}\n" + links
            + "}\nGeneral {\nLockFile " + directory.resolve(name + ".lock") + "\nUNIX {\nPath "
            + directory.resolve(name + ".ctl") + "\n}\n" + general + "\n}\n");
    }

    private String reload(String name, String general, String mode, String links) throws IOException {
        write(name, general, mode, links);
        return ask(name, ControlRequest.RELOAD);
    }

    private static Conntrack other(int sourcePort) {
        Conntrack flow = Flows.tcp(sourcePort);
        flow.original().setIpv4(0xc6336423, 0xc6336432);
        return flow;
    }

    @Test
    void shouldSayThatNothingHasChanged() {
        assertThat(ask("a", ControlRequest.RELOAD)).isEqualTo("reloaded\nnothing has changed\n");
    }

    @Test
    void shouldGoOnAsItWasIfTheFileIsWrong() throws Exception {
        String before = ask("a", ControlRequest.STATS_RUNTIME);
        kernelOfA.traffic(Flows.tcp(1));
        await(() -> count("b", "external") == 1);

        String answer = reload("a", "NetlinkBufferSizes 70000\nHashSize 5\nHashLimt 7\n" + IGNORE, "",
            link(port + 1, ""));

        assertThat(answer).startsWith("not reloaded: " + directory.resolve("a.conf") + ":")
            .contains("did you mean 'NetlinkBufferSize'?", "did you mean 'HashLimit'?", "^~~~");
        kernelOfA.traffic(Flows.tcp(2));
        await(() -> count("b", "external") == 2);
        assertThat(line(ask("a", ControlRequest.STATS_RUNTIME), "current buffer"))
            .isEqualTo(line(before, "current buffer"));
    }

    @Test
    void shouldGoOnAsItWasIfALinkCannotBeOpened() throws Exception {
        String answer = reload("a", IGNORE, "", link(port, "") + link(port, "").replace("225.0.0.50", "192.0.2.1"));

        assertThat(answer).startsWith("not reloaded: can't open channel socket: ").contains("192.0.2.1");
        kernelOfA.traffic(Flows.tcp(1));
        await(() -> count("b", "external") == 1);
        assertThat(ask("a", ControlRequest.STATS_LINK).lines().filter(line -> line.contains("device="))).hasSize(1);
    }

    @Test
    void shouldTakeALinkWhoseInterfaceIsYetToCome() throws Exception {
        String answer = reload("a", "", "", link(port, "") + link(port + 1, "").replace("lo\n", "nowhere0\n"));

        assertThat(answer).startsWith("reloaded\n").contains("nowhere0");
        assertThat(ask("a", ControlRequest.STATS_LINK))
            .contains("device=lo status=RUNNING role=ACTIVE", "device=nowhere0 status=DOWN role=BACKUP");
    }

    @Test
    void shouldGoOnAsItWasIfTheLogFileCannotBeOpened() throws Exception {
        String answer = reload("a", "LogFile /nonexistent/log\nHashLimit 1", "", link(port, ""));

        assertThat(answer).startsWith("not reloaded: can't open logfile `/nonexistent/log'. Reason: No such file or "
            + "directory\n");
        assertThat(ask("a", ControlRequest.RELOAD)).startsWith("not reloaded");
    }

    @Test
    void shouldDropWhatANewFilterIgnoresAndTellThePeer() throws Exception {
        for (int i = 1; i <= 2000; i++) {
            kernelOfA.traffic(i % 2 == 0 ? Flows.tcp(i) : other(i));
        }
        await(() -> count("b", "external") == 2000);

        String answer = reload("a", IGNORE, "", link(port, ""));

        assertThat(answer).isEqualTo("reloaded\nchanged: Filter\n"
            + "filter: 1000 flows left the internal cache, 0 came\n");
        assertThat(count("a", "internal")).isEqualTo(1000);
        assertThat(kernelOfA.size()).isEqualTo(2000);
        await(() -> count("b", "external") == 1000);
        assertThat(ask("b", ControlRequest.CT_DUMP_EXTERNAL)).doesNotContain("src=198.51.100.34 ");
        kernelOfA.traffic(Flows.tcp(3001));
        kernelOfA.traffic(other(3001));
        await(() -> count("b", "external") == 1001);
    }

    @Test
    void shouldHaveTheKernelFollowANewFilter() throws Exception {
        assertThat(reload("a", IGNORE.replace("Userspace", "Kernelspace"), "", link(port, "")))
            .startsWith("reloaded\nchanged: Filter From USERSPACE -> KERNELSPACE\nchanged: Filter\n");
        kernelOfA.traffic(Flows.tcp(1));
        kernelOfA.traffic(other(2));
        await(() -> count("b", "external") == 1);
        assertThat(line(ask("a", ControlRequest.STATS_RUNTIME), "events received")).endsWith(" 1");
        assertThat(line(ask("a", ControlRequest.STATS_RUNTIME), "events filtered")).endsWith(" 0");

        assertThat(reload("a", "", "", link(port, ""))).startsWith("reloaded\nchanged: Filter From KERNELSPACE");
        kernelOfA.traffic(Flows.tcp(3));
        await(() -> count("b", "external") == 3);
    }

    @Test
    void shouldTakeInWhatANewFilterAcceptsAndTellThePeer() throws Exception {
        reload("a", IGNORE, "", link(port, ""));
        for (int i = 1; i <= 2000; i++) {
            kernelOfA.traffic(i % 2 == 0 ? Flows.tcp(i) : other(i));
        }
        await(() -> count("b", "external") == 1000);
        long sent = statesUpdated("b");

        String answer = reload("a", "", "", link(port, ""));

        assertThat(answer).contains("filter: 0 flows left the internal cache, 1000 came\n");
        assertThat(count("a", "internal")).isEqualTo(2000);
        await(() -> count("b", "external") == 2000);
        assertThat(statesUpdated("b")).as("what the peer knew was not sent again").isEqualTo(sent);
    }

    @Test
    void shouldNeitherLoseNorKeepAFlowWhileTheFilterChangesUnderLoad() throws Exception {
        long seed = System.nanoTime();
        System.out.println("DaemonReloadTest seed " + seed);
        AtomicBoolean stop = new AtomicBoolean();
        Thread load = Thread.ofPlatform().start(() -> churn(new Random(seed), stop));
        try {
            for (int i = 0; i < 6; i++) {
                assertThat(reload("a", i % 2 == 0 ? IGNORE : "", "", link(port, ""))).startsWith("reloaded");
            }
        } finally {
            stop.set(true);
            load.join();
        }

        await(() -> cache("a", ControlRequest.CT_DUMP_INTERNAL).equals(kernel()));
        await(() -> count("b", "external") == kernelOfA.size());
        assertThat(reload("a", IGNORE, "", link(port, ""))).startsWith("reloaded");
        SortedSet<String> accepted = kernel().stream().filter(flow -> !flow.startsWith("198.51.100.34 "))
            .collect(Collectors.toCollection(TreeSet::new));
        assertThat(cache("a", ControlRequest.CT_DUMP_INTERNAL)).isEqualTo(accepted).isNotEmpty();
        await(() -> cache("b", ControlRequest.CT_DUMP_EXTERNAL).equals(accepted));
    }

    /** At most some 20,000 a second, so that the event socket keeps up. */
    private void churn(Random random, AtomicBoolean stop) {
        while (!stop.get()) {
            for (int i = 0; i < 20; i++) {
                int number = 1 + random.nextInt(3000);
                Conntrack flow = random.nextBoolean() ? Flows.tcp(number) : other(number);
                if (random.nextInt(3) == 0) {
                    kernelOfA.expire(flow);
                } else {
                    kernelOfA.traffic(flow);
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    @Test
    void shouldGiveTheEventSocketAnotherBuffer() throws Exception {
        assertThat(reload("a", "NetlinkBufferSize 700000\nNetlinkBufferSizeMaxGrowth 900000", "", link(port, "")))
            .isEqualTo("reloaded\nchanged: NetlinkBufferSize 0 -> 700000\n"
                + "changed: NetlinkBufferSizeMaxGrowth 0 -> 900000\n");
        assertThat(line(ask("a", ControlRequest.STATS_RUNTIME), "current buffer")).endsWith(" 700000");

        reload("a", "", "", link(port, ""));
        assertThat(line(ask("a", ControlRequest.STATS_RUNTIME), "current buffer"))
            .endsWith(" " + Files.readAllLines(Path.of("/proc/sys/net/core/rmem_default")).getFirst());
    }

    @Test
    void shouldFollowOtherLimits() throws Exception {
        kernelOfA.traffic(Flows.tcp(1));
        kernelOfA.traffic(Flows.tcp(2));
        await(() -> count("a", "internal") == 2);

        String answer = reload("a", "HashLimit 1", "ResendQueueSize 64\nACKWindowSize 20\nCommitTimeout 40\n"
            + "PurgeTimeout 9", link(port, ""));

        assertThat(answer).isEqualTo("""
            reloaded
            changed: HashLimit 262144 -> 1
            changed: ResendQueueSize 131072 -> 64
            changed: ACKWindowSize 300 -> 20
            changed: CommitTimeout 0 -> 40
            changed: PurgeTimeout 60 -> 9
            """);
        assertThat(count("a", "internal")).as("what was there stays").isEqualTo(2);
        kernelOfA.traffic(Flows.tcp(3));
        await(() -> ask("a", ControlRequest.STATS_CACHE).contains("no space left in cache:\t           1\n"));
        assertThat(ask("a", ControlRequest.STATS_QUEUE)).containsPattern("rsqueue:\n.*\nmaximum elements:\\s+64\n");
    }

    @Test
    void shouldCommitWithTheNewTimeout() throws Exception {
        kernelOfA.traffic(Flows.tcp(1));
        await(() -> count("b", "external") == 1);
        reload("b", "", "CommitTimeout 40", link(port, ""));

        ask("b", ControlRequest.ALL_COMMIT);

        assertThat(kernelOfB.flows().getFirst().timeout()).isBetween(30, 40);
    }

    @Test
    void shouldMoveTheLogFile() throws Exception {
        Path first = directory.resolve("first.log");
        Path second = directory.resolve("second.log");

        reload("a", "LogFile " + first, "", link(port, ""));
        reload("a", "LogFile " + second, "", link(port, ""));
        reload("a", "", "", link(port, ""));

        assertThat(first).content().contains("changed: LogFile none -> ").doesNotContain(first + " -> ");
        assertThat(second).content().contains("changed: LogFile " + first + " -> " + second)
            .doesNotContain("-> none");
    }

    @Test
    void shouldNameWhatNeedsARestart() throws Exception {
        String answer = reload("a", "Syslog on", "StartupResync on", link(port, ""));

        assertThat(answer).startsWith("reloaded\nneeds a restart: Syslog").contains("needs a restart: StartupResync");
        assertThat(ask("a", ControlRequest.RELOAD)).isEqualTo(answer);
    }

    @Test
    void shouldAddAndRemoveALinkUnderARunningSession() throws Exception {
        int otherPort = DaemonClients.freePort();
        kernelOfA.traffic(Flows.tcp(1));
        await(() -> count("b", "external") == 1);

        for (String name : new String[] {"a", "b"}) {
            assertThat(reload(name, "", "", link(port, "") + link(otherPort, "")))
                .isEqualTo("reloaded\nchanged: dedicated link on lo port " + otherPort + " added\n");
        }
        kernelOfA.traffic(Flows.tcp(2));
        await(() -> count("b", "external") == 2);
        assertThat(roles("a")).isEqualTo("ACTIVE BACKUP");

        for (String name : new String[] {"a", "b"}) {
            assertThat(reload(name, "", "", link(otherPort, ""))).startsWith("reloaded\n")
                .contains("link on lo port " + port + " removed");
            kernelOfA.traffic(Flows.tcp(name.equals("a") ? 3 : 4));
        }
        await(() -> count("b", "external") == 4);
        assertThat(roles("a")).isEqualTo("ACTIVE");
        kernelOfB.traffic(other(1));
        await(() -> count("a", "external") == 1);
    }

    @Test
    void shouldReopenALinkWithOtherParametersWithoutLosingAState() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        int[] flows = new int[1];
        Thread load = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                kernelOfA.traffic(Flows.tcp(++flows[0]));
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            }
        });
        for (int round = 0; round < 10; round++) {
            for (String name : new String[] {"a", "b"}) {
                assertThat(reload(name, "", "", link(port, "RcvSocketBuffer " + (200_000 + round))))
                    .contains("instead of");
            }
        }
        stop.set(true);
        load.join();
        await(() -> count("b", "external") == flows[0]);
        await(() -> ask("a", ControlRequest.STATS_RSQUEUE).startsWith("resent queue (len=0)"));
        assertThat(peers(a)).as("A is not its own peer, and B still the same").isEqualTo(1);
        assertThat(peers(b)).isEqualTo(1);
    }

    private static long peers(Daemon daemon) {
        Replicator replicator = ((Replication) daemon.mode()).replicator();
        long[] count = new long[1];
        replicator.loop().submit(() -> replicator.session().forEachPeer(peer -> count[0]++))
            .awaitUninterruptibly();
        return count[0];
    }

    private String roles(String name) {
        Matcher matcher = Pattern.compile("role=(\\w+)").matcher(ask(name, ControlRequest.STATS_LINK));
        return matcher.results().map(role -> role.group(1)).collect(Collectors.joining(" "));
    }

    private long count(String name, String cache) {
        Matcher matcher = Pattern.compile("cache " + cache + ":\n.*?(\\d+)\n").matcher(ask(name, ControlRequest.STATS));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private long statesUpdated(String name) {
        Matcher matcher = Pattern.compile("cache external:\n.*\n.*\n.*updated:\\s+(\\d+)")
            .matcher(ask(name, ControlRequest.STATS));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private SortedSet<String> cache(String name, ControlRequest request) {
        Pattern flow = Pattern.compile("src=(\\S+) dst=\\S+ sport=(\\d+)");
        SortedSet<String> flows = new TreeSet<>();
        for (String line : ask(name, request).lines().toList()) {
            Matcher matcher = flow.matcher(line);
            assertThat(matcher.find()).as(line).isTrue();
            assertThat(flows.add(matcher.group(1) + ' ' + matcher.group(2))).as("twice: " + line).isTrue();
        }
        return flows;
    }

    private SortedSet<String> kernel() {
        return kernelOfA.flows().stream()
            .map(flow -> (flow.original().sourceLow() == 0xc6336422L ? "198.51.100.34 " : "198.51.100.35 ")
                + flow.original().sourcePort())
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String line(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).findFirst().orElseThrow();
    }

    private String ask(String name, ControlRequest request) {
        return clients().ask(name, request);
    }

    private void await(BooleanSupplier condition) {
        clients().await(condition, "b", ControlRequest.STATS);
    }

    private DaemonClients clients() {
        return new DaemonClients(directory);
    }
}
