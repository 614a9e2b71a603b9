/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.it.lab.Commands;
import org.statelink.it.lab.ControlSocket.Request;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.FlowMix;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.Program;

/** Statistics mode: beside conntrackd on the same kernel, and with a log that cannot be written. */
@Tag("netns")
@Tag("interop")
@Timeout(180)
class StatisticsIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int EXCHANGES = 40;
    private static final String TRACKED = """
        table inet tracked {
            chain tracked { type filter hook input priority 0; ct state new counter; }
        }
        """;

    @RegisterExtension
    final Lab lab = new Lab();
    @TempDir
    private Path folder;
    private Node node;
    private int ended;

    @BeforeEach
    void haveTheKernelTellAndCount() {
        node = lab.node1();
        // events of flows, too, that began when nobody listened
        node.namespace().expect("sysctl", "-q", "-w", "net.netfilter.nf_conntrack_events=1",
            "net.netfilter.nf_conntrack_acct=1",
            "net.netfilter.nf_conntrack_timestamp=1", "net.netfilter.nf_conntrack_udp_timeout=1",
            "net.netfilter.nf_conntrack_tcp_timeout_time_wait=1");
    }

    @Test
    void shouldCountAndLogAsConntrackdDoes() throws IOException {
        List<Flow> flows = FlowMix.knownToReference().take(3000);
        node.kernel().create(flows.subList(0, 1000), 0);
        Path ours = folder.resolve("ours");
        Path theirs = folder.resolve("theirs");
        Daemon reference = node.start(Program.REFERENCE, node.config().statistics("LogFile " + theirs));
        Daemon daemon = node.startBeside(Program.OURS, node.configBeside().statistics("LogFile " + ours));

        node.kernel().create(flows.subList(1000, 3000), 5000);
        node.kernel().update(flows.subList(500, 700).stream().map(flow -> flow.mark(77)).toList(), 5000);
        talk();
        node.kernel().delete(flows.subList(200, 2800), 5000);
        Eventually.within(LIMIT, () -> {
            node.namespace().expect("conntrack", "-L");
            assertThat(node.kernel().size()).as("flows that last").isEqualTo(400);
            assertThat(lines(theirs)).hasSize(2600 + 2 * EXCHANGES);
            assertThat(lines(ours)).hasSize(2600 + 2 * EXCHANGES);
        });

        assertThat(lines(ours)).isEqualTo(lines(theirs));
        for (Request request : new Request[] {Request.STATS, Request.STATS_CACHE, Request.DUMP_EXTERNAL,
            Request.STATS_NETWORK, Request.STATS_LINK, Request.STATS_QUEUE}) {
            assertThat(daemon.ask(request)).as(request.name()).isEqualTo(reference.ask(request));
        }
        assertThat(daemon.ask(Request.STATS)).contains("current active connections:\t         400\n")
            .doesNotContain("                   0 Bytes");
        assertThat(daemon.internalCache()).hasSize(400);
        for (String command : new String[] {"-f", "-R"}) {
            assertThat(daemon.client(Program.OURS, command)).isEqualTo(reference.referenceClient(command));
        }
        assertThat(daemon.client(Program.OURS, "-s")).isEqualTo(reference.referenceClient("-s"));
        assertThat(daemon.client(Program.OURS, "-f", "internal").status()).isZero();
        assertThat(daemon.cached("stats")).isZero();
        assertThat(daemon.referenceClient("-k").status()).isZero();
        assertThat(daemon.awaitEnd()).isZero();
    }

    /**
     * Neither hears an event: both learn what came and went when they look. conntrackd does not find what is of a zone,
     * and logs its end each time.
     */
    @Test
    void shouldLogWhatItFindsGoneWhereTheTableIsPolled() throws IOException {
        List<Flow> flows = FlowMix.knownToReference().take(1000);
        Path ours = folder.resolve("ours");
        Path theirs = folder.resolve("theirs");
        Daemon reference = node.start(Program.REFERENCE,
            node.config().general("PollSecs 1").statistics("LogFile " + theirs));
        Daemon daemon = node.startBeside(Program.OURS,
            node.configBeside().general("PollSecs 1").statistics("LogFile " + ours));

        node.kernel().create(flows, 0);
        Eventually.within(LIMIT, () -> {
            assertThat(reference.internalCache()).hasSize(1000);
            assertThat(daemon.internalCache()).isEqualTo(reference.internalCache())
                .isEqualTo(node.kernel().flowsAsCached());
        });
        node.kernel().delete(flows.subList(0, 600), 0);
        Eventually.within(LIMIT, () -> {
            assertThat(lines(ours)).hasSize(600);
            assertThat(outsideZones(ours)).isEqualTo(outsideZones(theirs));
            assertThat(daemon.cached("stats")).isEqualTo(400);
        });
        for (Daemon one : new Daemon[] {daemon, reference}) {
            assertThat(one.counter(Request.STATS_RUNTIME, "events received")).isZero();
        }
        assertThat(daemon.log()).contains("running in polling mode");
    }

    /** Real packets, so that there is something to count: as many exchanges over UDP as connections over TCP. */
    private void talk() {
        node.namespace().expect("nft", "flush", "ruleset");
        node.namespace().nft(TRACKED);
        node.namespace().expect("ip", "address", "add", "10.99.0.1/32", "dev", "lo");
        node.namespace().call(() -> {
            InetSocketAddress address = new InetSocketAddress("10.99.0.1", 7000);
            try (DatagramSocket server = new DatagramSocket(address); ServerSocket listener = new ServerSocket()) {
                listener.bind(address);
                for (int i = 1; i <= EXCHANGES; i++) {
                    exchange(server, address, i);
                    connect(listener, address, i);
                }
            }
            return null;
        });
    }

    private static void exchange(DatagramSocket server, InetSocketAddress address, int bytes) throws IOException {
        try (DatagramSocket client = new DatagramSocket(new InetSocketAddress("10.99.0.1", 20_000 + bytes))) {
            client.send(new DatagramPacket(new byte[bytes], bytes, address));
            DatagramPacket request = new DatagramPacket(new byte[2000], 2000);
            server.receive(request);
            server.send(new DatagramPacket(new byte[3 * bytes], 3 * bytes, request.getSocketAddress()));
        }
    }

    private static void connect(ServerSocket listener, InetSocketAddress address, int bytes) throws IOException {
        try (Socket client = new Socket(address.getAddress(), address.getPort()); Socket server = listener.accept()) {
            client.getOutputStream().write(new byte[bytes * 1000]);
            server.getInputStream().readNBytes(bytes * 1000);
        }
    }

    @Test
    void shouldLogAgainWhenTheDiskIsFullNoMore() throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path log = disk.resolve("flows.log");
        Daemon daemon = node.start(Program.OURS, node.config().statistics("LogFile " + log));
        // in the daemon's own mount namespace, so that it goes with it
        seenByDaemon("mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString());
        // the file that is open lies under the disk, until the daemon looks where it is
        Eventually.within(LIMIT, () -> {
            endFlows(1);
            assertThat(seenByDaemon("ls", disk.toString())).isNotBlank();
        });

        endFlows(1000);
        Eventually.within(LIMIT, () -> assertThat(daemon.ask(Request.STATS)).contains(destroyed(ended)));
        Eventually.within(LIMIT, () -> assertThat(daemon.log())
            .containsOnlyOnce("can't write " + log + ". Reason: No space left on device"));
        assertThat(seenByDaemon("cat", log.toString())).endsWith("\n");

        seenByDaemon("rm", log.toString());
        Eventually.within(LIMIT, () -> {
            endFlows(1);
            assertThat(seenByDaemon("cat", log.toString()).lines()).isNotEmpty();
        });
        assertThat(daemon.log()).contains(log + " can be written again; ")
            .containsOnlyOnce("No space left on device");
    }

    private static String destroyed(int flows) {
        return "connections destroyed:\t\t%12d\t".formatted(flows);
    }

    private void endFlows(int count) {
        List<Flow> flows = FlowMix.knownToReference().take(count);
        node.kernel().create(flows, 10_000);
        node.kernel().delete(flows, 10_000);
        ended += count;
    }

    private String seenByDaemon(String... command) {
        String[] all = new String[command.length + 4];
        System.arraycopy(new String[] {"nsenter", "-m", "-t", node.namespace().processes().getFirst()}, 0, all, 0, 4);
        System.arraycopy(command, 0, all, 4, command.length);
        return Commands.expect(all);
    }

    /** Without how long each was known: the one may look a moment before the other. */
    private static List<String> outsideZones(Path log) throws IOException {
        return lines(log).stream().filter(line -> !line.contains(" zone="))
            .map(line -> line.replaceFirst(" ?delta-time=\\d+", "")).toList();
    }

    /** What follows the time of each line of a statistics log, in order. */
    private static List<String> lines(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.map(line -> line.substring(line.indexOf('\t') + 1)).sorted().toList();
        }
    }
}
