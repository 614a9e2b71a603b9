/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.control.ControlRequest;
import org.statelink.server.kernel.Flows;

/** The words that conntrackd does not have, between two daemons with kernels in memory. */
class TakeoverPairTest {
    @TempDir
    private Path directory;
    private DaemonPair pair;

    @BeforeEach
    void start() throws Exception {
        pair = new DaemonPair(directory, "FTFW { ");
        for (int port = 1; port <= 300; port++) {
            pair.kernelOfA.traffic(Flows.tcp(port));
        }
        pair.await(() -> pair.external("b") == 300);
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    @Test
    void shouldPromoteInOneRequest() {
        String answer = pair.ask("b", ControlRequest.PROMOTE);

        assertThat(answer).matches("promoted: 300 flows put into the kernel in \\d+ ms, 0 were refused\n");
        assertThat(pair.kernelOfB.size()).isEqualTo(300);
        pair.await(() -> pair.external("b") == 0 && pair.internal("b") == 300 && pair.external("a") == 300);
        assertThat(status("b").getString("role.part")).isEqualTo("primary");
        assertThat(status("b").getString("role.reason")).isEqualTo("promote");
        assertThat(status("b").getLong("kernel.resyncs")).isEqualTo(1);
        assertThat(status("b").getLong("commit.last_committed")).isEqualTo(300);
    }

    @Test
    void shouldPromoteTwiceAtOnce() {
        pair.ask("b", ControlRequest.ALL_COMMIT);
        pair.ask("b", ControlRequest.PROMOTE);

        assertThat(pair.ask("b", ControlRequest.PROMOTE)).startsWith("promoted: ");
        assertThat(pair.kernelOfB.size()).isEqualTo(300);
    }

    @Test
    void shouldDemoteAndHearAllAgain() {
        pair.ask("b", ControlRequest.CT_FLUSH_EXT_CACHE);
        assertThat(pair.external("b")).isZero();

        assertThat(pair.ask("b", ControlRequest.DEMOTE)).startsWith("demoted: ");

        pair.await(() -> pair.external("b") == 300);
        assertThat(status("b").getString("role.part")).isEqualTo("backup");
    }

    @Test
    void shouldJudgeTheRoleByTrafficWithoutCommands() {
        assertThat(status("a").getString("role.part")).isEqualTo("primary");
        assertThat(status("b").getString("role.part")).isEqualTo("backup");
        assertThat(status("b").getString("role.reason")).isEqualTo("traffic");
        assertThat(pair.ask("b", ControlRequest.STATUS)).contains("role     backup, judging by its traffic\n")
            .contains("flows    own 0, of the peers 300");
    }

    @Test
    void shouldShowCachesAsJson() {
        var internal = Json.array(pair.ask("a", ControlRequest.CT_DUMP_INT_JSON));
        var external = Json.array(pair.ask("b", ControlRequest.CT_DUMP_EXT_JSON));

        assertThat(internal).hasSize(300);
        assertThat(external).hasSize(300);
        Config flow = external.getFirst();
        assertThat(flow.getString("protocol")).isEqualTo("tcp");
        assertThat(flow.getString("state")).isEqualTo("ESTABLISHED");
        assertThat(flow.getString("original.src")).isEqualTo("198.51.100.34");
        assertThat(flow.getInt("original.dport")).isEqualTo(80);
        assertThat(flow.getBoolean("assured")).isTrue();
        assertThat(flow.getInt("active_seconds")).isBetween(0, 20);
        assertThat(internal.getFirst().getInt("reply.sport")).isEqualTo(80);
        assertThat(pair.ask("a", ControlRequest.CT_DUMP_INT_JSON).lines()).hasSize(302);
        assertThat(pair.ask("b", ControlRequest.CT_DUMP_INT_JSON)).isEqualTo("[]\n");
    }

    @Test
    void shouldAnswerEveryStatisticsWordInJson() {
        for (ControlRequest request : ControlRequest.values()) {
            if (request.name().startsWith("STATS") && !request.isOurs()) {
                String answer = pair.ask("a", request.asJson().orElseThrow());
                assertThat(answer).as(request.name()).endsWith("\n");
                Json.object(answer.startsWith("[") ? "{\"all\":" + answer + "}" : answer);
            }
        }
        pair.stopA();
        assertThat(Json.array(pair.ask("b", ControlRequest.STATS_RSQUEUE_JSON))).isNotNull();
    }

    private Config status(String name) {
        return Json.object(pair.ask(name, ControlRequest.STATUS_JSON));
    }
}
