/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.statelink.it.lab.Commands.Result;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.Program;

/** The commands that conntrackd does not have, its client, and what is told over HTTP. */
@Tag("netns")
@Timeout(120)
class PromoteIT {
    private static final int CONNECTIONS = 5_000;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String METRICS = "127.0.0.1:9466";

    @RegisterExtension
    final Lab lab = new Lab();

    @BeforeEach
    void replicate() {
        lab.node1().start(Program.OURS);
        lab.node2().start(Program.OURS, lab.node2().config().metrics(METRICS));
        lab.awaitGreeting();
        lab.node1().kernel().create(Pair.OURS_AND_OURS.flows().take(CONNECTIONS), 0);
        Eventually.within(LIMIT, () -> assertThat(backup().cached("external")).isEqualTo(CONNECTIONS));
    }

    private Daemon backup() {
        return lab.node2().daemon();
    }

    @Test
    void shouldTakeOverByOneCommand() {
        assertThat(client("--status")).matches("(?s)health +ok\nrole +backup, judging by its traffic\n.*")
            .contains("of the peers " + CONNECTIONS);

        assertThat(client("--promote"))
            .matches("promoted: " + CONNECTIONS + " flows put into the kernel in \\d+ ms, 0 were refused\n");

        assertThat(lab.node2().kernel().size()).isEqualTo(CONNECTIONS);
        Eventually.within(LIMIT, () -> {
            assertThat(backup().cached("external")).isZero();
            assertThat(lab.node1().daemon().cached("external")).isEqualTo(CONNECTIONS);
        });
        assertThat(client("--status")).containsPattern("role +primary for .* \\(promote\\)");
        assertThat(client("--status", "-o", "json")).contains("\"last_committed\":" + CONNECTIONS);

        assertThat(client("--demote")).startsWith("demoted: ");
        assertThat(client("--status")).containsPattern("role +backup for .* \\(demote\\)");
        assertThat(client("-s", "link", "-o", "json")).startsWith("{\"links\":[{\"transport\":\"multicast\"");
        Eventually.within(LIMIT, () ->
            assertThat(client("-e", "-o", "json").lines()).hasSize(CONNECTIONS + 2));
    }

    private String client(String... words) {
        Result result = backup().client(Program.OURS, words);
        assertThat(result.status()).as(result.errors()).isZero();
        return result.output();
    }

    @Test
    void shouldNotBeUnderstoodByAnotherDaemonThanOurs() {
        lab.node1().daemon().kill();
        assertThat(lab.node1().config().lock().toFile().delete()).isTrue();
        Daemon reference = lab.node1().start(Program.REFERENCE);

        Result result = reference.client(Program.OURS, "--promote");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errors()).contains("the running daemon does not know this command");
        assertThat(reference.isAlive()).isTrue();
    }

    @Test
    void shouldTellMetricsAndHealth() {
        String metrics = http("/metrics");
        assertThat(metrics).contains("\nstatelink_cache_entries{cache=\"external\"} " + CONNECTIONS + ".0\n")
            .contains("\nstatelink_kernel_table_entries 0.0\n").contains("\nstatelink_peers_live 1.0\n");
        assertThat(http("/health")).isEqualTo("{\"status\":\"ok\",\"reasons\":[]}\n");

        lab.node1().daemon().kill();

        Eventually.within(LIMIT, () -> assertThat(http("/health")).startsWith("{\"status\":\"failed\""));
    }

    private String http(String path) {
        return lab.node2().namespace().expect("curl", "-s", "http://" + METRICS + path);
    }
}
