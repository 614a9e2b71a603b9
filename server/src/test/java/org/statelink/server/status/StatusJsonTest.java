/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.statelink.server.Json;
import org.statelink.server.kernel.InjectCounters;
import org.statelink.server.status.DaemonStatus.BypassFigures;
import org.statelink.sync.protocol.SyncCounter;

class StatusJsonTest {
    private final DaemonStatus status = new StatusSample().build();

    @Test
    void shouldWriteAllOfIt() {
        Config all = Json.object(StatusJson.all(status));
        assertThat(all.root().keySet()).containsExactlyInAnyOrder("health", "role", "mode", "uptime_seconds", "peers",
            "losses", "links", "caches", "traffic", "queues", "queued_control_messages", "kernel", "commit",
            "protocol", "control_socket", "worst_loop_latency_seconds");
        assertThat(all.getString("health.status")).isEqualTo("ok");
        assertThat(all.getString("role.part")).isEqualTo("primary");
        assertThat(all.getConfigList("peers").getFirst().getDouble("silent_seconds")).isEqualTo(0.3);
        assertThat(all.getLong("kernel.table_maximum")).isEqualTo(4096);
        assertThat(all.getDouble("commit.last_seconds")).isEqualTo(0.0015);
        assertThat(all.getDouble("worst_loop_latency_seconds")).isEqualTo(0.0003);
    }

    @Test
    void shouldWriteEveryCounterOfTheProtocol() {
        Config protocol = Json.object(StatusJson.network(status)).getConfig("protocol");
        for (SyncCounter counter : SyncCounter.values()) {
            assertThat(protocol.getLong(counter.label())).as(counter.label()).isEqualTo(status.sync().get(counter));
        }
        assertThat(protocol.root()).hasSize(SyncCounter.COUNT);
    }

    @Test
    void shouldGiveAFigureTheSameNameEverywhere() {
        Config all = Json.object(StatusJson.all(status));
        for (String part : new String[] {StatusJson.general(status), StatusJson.caches(status),
            StatusJson.network(status), StatusJson.runtime(status), StatusJson.links(status),
            StatusJson.queues(status)}) {
            assertThat(part).endsWith("}\n").doesNotContain("}\n{");
            Json.object(part).root().forEach((name, value) ->
                assertThat(all.getValue(name)).as(name).isEqualTo(value));
        }
    }

    @Test
    void shouldWriteWhatTakesThePlaceOfTheCaches() {
        Config caches = Json.object(StatusJson.caches(new StatusSample().caches(
            Optional.of(new BypassFigures(1, 0, 12)),
            Optional.of(new InjectCounters.Snapshot(1, 2, 3, 4, 5, 6))).build())).getConfig("caches");
        assertThat(caches.getLong("internal_bypass.destroyed")).isEqualTo(12);
        assertThat(caches.getLong("external_inject.destroy_failed")).isEqualTo(6);
        assertThat(caches.root()).hasSize(2);
    }

    @Test
    void shouldWriteHealth() {
        assertThat(StatusJson.health(status)).isEqualTo("{\"status\":\"ok\",\"reasons\":[]}\n");
        assertThat(StatusJson.health(new StatusSample().losses(0, 1).build()))
            .startsWith("{\"status\":\"failed\",\"reasons\":[\"up to 1 states");
    }

    @Test
    void shouldHaveNoProcesses() {
        assertThat(StatusJson.processes(status)).isEqualTo("{\"processes\":[]}\n");
    }
}
