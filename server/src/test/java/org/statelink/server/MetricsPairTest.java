/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.config.Metrics;
import org.statelink.control.ControlRequest;
import org.statelink.server.kernel.Flows;
import org.statelink.server.metrics.PrometheusText;
import org.statelink.server.system.StartException;
import org.statelink.sync.protocol.SyncCounter;

/** Metrics and health of one of two daemons with kernels in memory. */
@Timeout(60)
class MetricsPairTest {
    @TempDir
    private Path directory;
    private Metrics metrics;
    private MetricsPage page;
    private DaemonPair pair;

    @BeforeEach
    void start() throws Exception {
        metrics = MetricsPage.freeAddress();
        page = new MetricsPage(metrics);
        pair = new DaemonPair(directory, "FTFW { ", metrics);
        for (int port = 1; port <= 200; port++) {
            pair.kernelOfA.traffic(Flows.tcp(port));
        }
        pair.await(() -> pair.external("b") == 200);
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    @Test
    void shouldTellMetricsByTheRules() throws Exception {
        pair.ask("b", ControlRequest.ALL_COMMIT);
        HttpResponse<String> response = page.get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValueSatisfying(type ->
            assertThat(type).startsWith("text/plain; version=0.0.4"));
        PrometheusText told = PrometheusText.of(response.body());
        assertThat(told.value("statelink_cache_entries{cache=\"external\"}")).isEqualTo(200);
        assertThat(told.value("statelink_committed_flows_total")).isEqualTo(200);
        assertThat(told.value("statelink_peers_live")).isEqualTo(1);
        assertThat(told.value("statelink_health_status{status=\"ok\"}")).isEqualTo(1);
        assertThat(told.value("statelink_role{part=\"primary\"}")).isEqualTo(1);
        assertThat(told.value(
            "statelink_link_received_bytes_total{device=\"lo\",link=\"0\",transport=\"multicast\"}")).isPositive();
        assertThat(told.value("statelink_state_loop_latency_seconds_count")).isPositive();
        assertThat(told.names()).contains("jvm_gc_live_data_size_bytes", "jvm_memory_used_bytes", "process_cpu_usage",
            "statelink_build_info");
    }

    @Test
    void shouldTellEveryCounterOfTheProtocol() throws Exception {
        PrometheusText told = PrometheusText.of(page.get("/metrics").body());
        for (SyncCounter counter : SyncCounter.values()) {
            assertThat(told.names()).contains("statelink_sync_" + counter.label() + "_total");
        }
        assertThat(told.value("statelink_sync_states_received_total")).isGreaterThanOrEqualTo(200);
    }

    @Test
    void shouldTurnRedWhenThePeerIsSilent() throws Exception {
        HttpResponse<String> well = page.get("/health");
        assertThat(well.body()).isEqualTo("{\"status\":\"ok\",\"reasons\":[]}\n");
        assertThat(well.statusCode()).isEqualTo(200);
        assertThat(well.headers().firstValue("content-type")).contains("application/json");

        pair.stopA();

        pair.await(() -> page.get("/health").statusCode() == 503);
        assertThat(Json.object(page.get("/health").body()).getStringList("reasons").getFirst())
            .matches("peer .* has been silent for \\d+ s");
    }

    @Test
    void shouldAnswerHeadWithoutABody() throws Exception {
        HttpResponse<String> head = page.send("/health", "HEAD");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("content-length")).hasValue(29);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void shouldRefuseWhatItDoesNotServe() throws Exception {
        assertThat(page.get("/").body()).contains("/metrics");
        assertThat(page.get("/metrics?x=y").statusCode()).isEqualTo(200);
        assertThat(page.get("/../etc/passwd").statusCode()).isEqualTo(404);
        HttpResponse<String> post = page.send("/metrics", "POST");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("allow")).contains("GET, HEAD");
        assertThat(post.body()).isEqualTo("405 Method Not Allowed\n");
    }

    @Test
    void shouldRefuseWhatIsNoHttpAndWhatIsTooLong() throws Exception {
        assertThat(page.raw("\0\0garbage\r\n\r\n")).startsWith("HTTP/1.1 400 Bad Request\r\n");
        assertThat(page.raw("GET /" + "x".repeat(2000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414 ");
        assertThat(page.raw("GET / HTTP/1.1\r\nA: " + "x".repeat(9000) + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void shouldAnswerOneOfSeveralRequestsThatComeTogether() throws Exception {
        String answer = page.raw("GET /health HTTP/1.1\r\n\r\n".repeat(3));
        assertThat(answer).containsOnlyOnce("HTTP/1.1 ").contains("connection: close");
    }

    @Test
    void shouldServeWhileOthersSayNothing() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 31; i++) {
                silent.add(page.connect());
            }
            assertThat(page.get("/health").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void shouldSendAwayWhoSaysNothing() throws Exception {
        try (Socket silent = page.connect()) {
            silent.getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldSayThatThePortIsTaken() throws Exception {
        Path other = directory.resolve("other");
        assertThat(other.toFile().mkdir()).isTrue();
        assertThatThrownBy(() -> new DaemonPair(other, "FTFW { ", metrics).close())
            .isInstanceOf(StartException.class)
            .hasMessageStartingWith("can't tell metrics on " + Metrics.format(metrics.listen().orElseThrow()))
            .hasMessageContaining("Address already in use").hasMessageNotContaining("\n");
        assertThat(other.resolve("b.ctl")).doesNotExist();
    }
}
