/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.config.ConfigReader;
import org.statelink.config.Metrics;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Status;
import org.statelink.control.ControlRequest;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.kernel.Flows;
import org.statelink.server.system.ServiceManager;

/** A daemon that collects statistics, on a kernel in memory. */
class StatisticsTest {
    @TempDir
    private Path directory;
    private final KernelDouble kernel = new KernelDouble();
    private Path config;
    private Path log;
    private Path json;
    private Metrics metrics;
    private Daemon daemon;

    @BeforeEach
    void start() throws Exception {
        config = directory.resolve("a.conf");
        log = directory.resolve("flows.log");
        json = directory.resolve("flows.json");
        metrics = MetricsPage.freeAddress();
        writeConfig("{}");
        kernel.traffic(Flows.tcp(1));
        daemon = Daemon.start(ConfigReader.read(config).config(), config, kernel, ServiceManager.NONE);
    }

    private void writeConfig(String filter) throws IOException {
        Files.writeString(config, """
            statelink {
              general {
                netlink-buffer-size = 2097152
                netlink-buffer-size-max-growth = 8388608
                overrun-resync = 1 s
                lock-file = "%s"
                control-socket = "%s"
                filter = %s
              }
              metrics.listen = "%s"
              stats {
                log-file = "%s"
                json-log.file = "%s"
              }
            }
            """.formatted(directory.resolve("a.lock"), directory.resolve("a.ctl"), filter,
                Metrics.format(metrics.listen().orElseThrow()), log, json));
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    @Test
    void shouldKnowTheFlowsThatThereWere() {
        assertThat(ask(ControlRequest.CT_DUMP_INTERNAL)).isEqualTo("tcp      6 ESTABLISHED src=198.51.100.34 "
            + "dst=198.51.100.50 sport=1 dport=80 src=198.51.100.50 dst=198.51.100.34 sport=80 dport=1 [ASSURED] "
            + "[active since 0s]\n");
        assertThat(ask(ControlRequest.STATS)).isEqualTo("""
            cache stats:
            current active connections:\t           1
            connections created:\t\t           1\tfailed:\t           0
            connections updated:\t\t           0\tfailed:\t           0
            connections destroyed:\t\t           0\tfailed:\t           0

            traffic processed:
                               0 Bytes                         0 Pckts

            """);
        assertThat(ask(ControlRequest.STATS_CACHE)).startsWith("cache:stats\tactive objects:\t\t           1\n");
    }

    @Test
    void shouldAnswerNothingToWhatConcernsReplication() {
        for (ControlRequest request : List.of(ControlRequest.CT_DUMP_EXTERNAL, ControlRequest.ALL_COMMIT,
            ControlRequest.STATS_NETWORK, ControlRequest.STATS_LINK, ControlRequest.STATS_QUEUE,
            ControlRequest.SEND_BULK, ControlRequest.REQUEST_DUMP, ControlRequest.RESET_TIMERS,
            ControlRequest.CT_FLUSH_EXT_CACHE, ControlRequest.ALL_FLUSH_CACHE)) {
            assertThat(ask(request)).as(request.name()).isEmpty();
        }
        assertThat(ask(ControlRequest.STATS)).contains("active connections:\t           1\n");
    }

    @Test
    void shouldLogFlowsThatEnd() {
        kernel.traffic(Flows.tcp(2));
        kernel.expire(Flows.tcp(1));
        kernel.expire(Flows.tcp(2));
        await(() -> lines(json).size() == 2);

        assertThat(lines(log)).hasSize(2).last().asString().matches("[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d [\\d:]{8} "
            + "\\d{4}\ttcp      6 ESTABLISHED src=198\\.51\\.100\\.34 dst=198\\.51\\.100\\.50 sport=2 dport=80 .*");
        assertThat(lines(json)).last().asString().contains("\"reason\":\"expired\"", "\"sport\":2,\"dport\":80");
        assertThat(ask(ControlRequest.STATS)).contains("active connections:\t           0\n",
            "connections destroyed:\t\t           2\t");
        assertThat(ask(ControlRequest.STATS_FLOWS)).contains("tcp       ESTABLISHED                      2",
            "198.51.100.34                                              2                   0",
            "written                      4");
        assertThat(ask(ControlRequest.STATS_FLOWS_JSON))
            .contains("{\"protocol\":\"tcp\",\"protocol_number\":6,\"state\":\"ESTABLISHED\",\"flows\":2,",
                "\"by_flows\":[{\"src\":\"198.51.100.34\",\"flows\":2,\"error\":0}]", "\"dropped\":0");
    }

    @Test
    void shouldAnswerInJson() {
        kernel.traffic(Flows.tcp(1));
        await(() -> ask(ControlRequest.STATS_JSON).contains("\"active\":1,"));

        assertThat(ask(ControlRequest.STATS_JSON)).startsWith("{\"caches\":{\"stats\":{\"active\":1,\"objects\":1,")
            .endsWith("},\"traffic\":{\"bytes\":0,\"packets\":0}}\n");
        assertThat(ask(ControlRequest.STATS_CACHE_JSON)).startsWith("{\"caches\":{\"stats\":{\"active\":1,")
            .doesNotContain("traffic");
        assertThat(ask(ControlRequest.STATS_RUNTIME_JSON)).startsWith("{\"uptime_seconds\":")
            .contains("\"kernel\":{\"events_received\":1,\"events_filtered\":0,\"overruns\":0,")
            .endsWith("\"control_socket\":{\"read_failed\":0}}\n");
    }

    @Test
    void shouldTellProtocolsApartThatHaveNoName() {
        for (int protocol : new int[] {2, 89}) {
            Conntrack flow = new Conntrack();
            flow.original().setIpv4(0xc6336424, 0xc6336432);
            flow.original().setProtocol(protocol);
            flow.setStatus(Status.CONFIRMED);
            flow.setTimeout(300);
            kernel.traffic(flow);
            kernel.expire(flow);
        }
        await(() -> lines(log).size() == 2);

        assertThat(ask(ControlRequest.STATS_FLOWS)).contains("\n2         -   ", "\n89        -   ");
        assertThat(new MetricsPage(metrics).get("/metrics").body())
            .contains("statelink_ended_flows_total{protocol=\"2\",state=\"\"} 1.0",
                "statelink_ended_flows_total{protocol=\"89\",state=\"\"} 1.0",
                "statelink_talker_flows{src=\"198.51.100.36\"} 2.0");
    }

    @Test
    void shouldNotLogAFlowThatItDoesNotKnow() {
        ask(ControlRequest.CT_FLUSH_INT_CACHE);
        assertThat(ask(ControlRequest.CT_DUMP_INTERNAL)).isEmpty();
        kernel.expire(Flows.tcp(1));
        kernel.traffic(Flows.tcp(2));
        kernel.expire(Flows.tcp(2));
        await(() -> !lines(log).isEmpty());

        assertThat(lines(log)).singleElement().asString().contains("sport=2 ");
    }

    @Test
    void shouldLogWhatItsOwnFlushEnds() {
        ask(ControlRequest.ALL_FLUSH_MASTER);
        await(() -> lines(json).size() == 1);

        assertThat(kernel.size()).isZero();
        assertThat(lines(json).getFirst()).contains("\"reason\":\"flushed\"");
    }

    @Test
    void shouldLogWhatIsMissingAfterEventsWereLost() {
        kernel.traffic(Flows.tcpWithSnat(2, 5000));
        await(() -> ask(ControlRequest.CT_DUMP_INTERNAL).lines().count() == 2);
        ((Statistics) daemon.mode()).collector().loop().submit(() -> {
            kernel.overrun();
            kernel.expire(Flows.tcpWithSnat(2, 5000));
        }).awaitUninterruptibly();
        await(() -> lines(json).size() == 1);

        assertThat(lines(json).getFirst()).contains("\"reason\":\"missing\"",
            "\"reply\":{\"src\":\"198.51.100.50\",\"dst\":\"198.51.100.52\",\"sport\":80,\"dport\":5000}");
        assertThat(lines(log)).singleElement().asString().doesNotContain(" 300 ")
            .contains("dst=198.51.100.52 sport=80 dport=5000 [ASSURED]");
        assertThat(ask(ControlRequest.STATS_RUNTIME)).contains("resync with kernel table:\t           1\n");
    }

    @Test
    void shouldNotTakeAFilteredFlowForOneThatEnded() throws Exception {
        writeConfig("{ addresses.ignore = [\"198.51.100.34\"] }");
        assertThat(ask(ControlRequest.RELOAD)).startsWith("reloaded\n")
            .contains("filter: 1 flows left the internal cache, 0 came\n");
        assertThat(ask(ControlRequest.CT_DUMP_INTERNAL)).isEmpty();
        kernel.traffic(otherSource());
        kernel.expire(otherSource());
        await(() -> !lines(log).isEmpty());

        assertThat(lines(log)).singleElement().asString().contains("src=198.51.100.35 ");
    }

    private static Conntrack otherSource() {
        Conntrack flow = Flows.tcp(9);
        flow.original().setIpv4Source(0xc6336423);
        return flow;
    }

    @Test
    void shouldReadTheKernelAgainWhenAsked() {
        ask(ControlRequest.CT_FLUSH_INT_CACHE);
        ask(ControlRequest.ALL_RESYNC_MASTER);
        assertThat(ask(ControlRequest.CT_DUMP_INTERNAL).lines()).hasSize(1);
        assertThat(lines(log)).isEmpty();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String ask(ControlRequest request) {
        return new DaemonClients(directory).ask("a", request);
    }

    private void await(BooleanSupplier condition) {
        new DaemonClients(directory).await(condition, "a", ControlRequest.STATS, ControlRequest.STATS_FLOWS);
    }
}
