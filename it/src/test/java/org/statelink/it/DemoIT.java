/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.statelink.it.lab.Commands;
import org.statelink.it.lab.Commands.Result;
import org.statelink.it.lab.Program;

import static org.assertj.core.api.Assertions.assertThat;

/** What a newcomer runs first: real keepalived, real traffic, a firewall that dies. */
@Tag("netns")
@Timeout(180)
class DemoIT {
    private static final String DEMO = Path.of("../demo").toAbsolutePath().normalize().toString();
    private static final Duration LIMIT = Duration.ofSeconds(150);

    @AfterEach
    void leaveNothingBehind() {
        Result leftovers = Commands.run("ip", "netns", "list");
        Commands.run("bash", DEMO, "--clean");
        assertThat(leftovers.output()).doesNotContain("demo-");
        assertThat(Path.of("/run/statelink-demo")).doesNotExist();
    }

    @Test
    void shouldShowAStreamThatLivesWithReplicationAndDiesWithout() {
        Result demo = run("env", "CONNTRACKD=" + Program.OURS.path(), "bash", DEMO);
        System.out.println(demo.output());
        assertThat(demo.status()).as(demo.output() + demo.errors()).isZero();
        assertThat(demo.output()).contains("The stream lived with replication and died without.");
        assertThat(demo.errors()).isEmpty();
    }

    @Test
    void shouldLeaveNothingBehindWhenInterrupted() {
        Result demo = run("timeout", "--signal=INT", "6", "env", "CONNTRACKD=" + Program.OURS.path(), "bash", DEMO);
        assertThat(demo.status()).as(demo.output() + demo.errors()).isEqualTo(124);
    }

    @Test
    void shouldExplainItself() {
        Result help = run("bash", DEMO, "--help");
        assertThat(help.status()).isZero();
        assertThat(help.output()).contains("--keep");
    }

    private static Result run(String... command) {
        return Commands.run(List.of(command), "", LIMIT);
    }
}
