/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.statelink.it.lab.Commands;
import org.statelink.it.lab.Commands.Result;
import org.statelink.it.lab.ConfigFile;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.FlowMix;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Node;
import org.statelink.it.lab.PrimaryBackup;
import org.statelink.it.lab.Program;

import static org.assertj.core.api.Assertions.assertThat;

/** The script by which keepalived drives conntrackd, as Debian ships it, drives ours to the same end and words. */
@Tag("netns")
@Tag("interop")
@Timeout(120)
class PrimaryBackupIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int CONNECTIONS = 480;
    /** Seconds, in which the script has to come from one order to the next: the purge falls after them. */
    private static final int PURGE_TIMEOUT = 3;
    private static final String PURGED = "flushing kernel conntrack table (scheduled)";

    @RegisterExtension
    final Lab conntrackd = new Lab("conntrackd");
    @RegisterExtension
    final Lab statelink = new Lab("ours");

    @Test
    void shouldPlayEveryPartThatTheScriptGivesIt() {
        var reference = CompletableFuture.supplyAsync(() -> live(conntrackd, Program.REFERENCE));
        var ours = CompletableFuture.supplyAsync(() -> live(statelink, Program.OURS));
        assertThat(ours.join()).isEqualTo(reference.join());
    }

    /** The life of a pair, and what the script and the daemons said in it. */
    private static String live(Lab lab, Program program) {
        Host first = new Host(lab.node1(), program);
        Host second = new Host(lab.node2(), program);
        first.expect("backup").awaitPurges(1);
        second.expect("backup").awaitPurges(1);
        first.expect("primary");
        first.node.kernel().create(FlowMix.knownToReference().take(CONNECTIONS), 0);
        second.awaitFlows("-e");

        second.expect("primary").awaitFlows("-i");
        assertThat(second.node.kernel().size()).isEqualTo(CONNECTIONS);
        first.awaitFlows("-e");
        first.expect("fault").awaitPurges(2);
        Eventually.within(SOON, () -> assertThat(first.node.kernel().size()).isZero());
        first.expect("backup").awaitPurges(3).awaitFlows("-e");

        first.node.crash();
        first.expect("backup").awaitPurges(4).awaitFlows("-e");
        second.node.crash();
        second.expect("primary");
        assertThat(second.change("nonsense").status()).isEqualTo(1);
        return first.story() + second.story();
    }

    /** A node on which everything is where the script looks for it. */
    private static final class Host {
        private final Node node;
        private final Path directory;
        private final PrimaryBackup host;
        private final List<String> story = new ArrayList<>();

        Host(Node node, Program program) {
            this.node = node;
            ConfigFile config = node.config().mode("PurgeTimeout " + PURGE_TIMEOUT);
            directory = config.path().getParent();
            config.general("LogFile " + log() + "\nLockFile /var/lock/conntrack.lock").write();
            host = new PrimaryBackup(config, program);
        }

        private Path log() {
            return directory.resolve("conntrackd.log");
        }

        Result change(String state) {
            Result result = node.namespace().run(host.inside("sh", host.script().toString(), state)
                .toArray(String[]::new));
            story.add(state + ": exit " + result.status() + "\n" + result.output() + result.errors());
            return result;
        }

        Host expect(String state) {
            Result result = change(state);
            assertThat(result.status()).as(result.errors()).isZero();
            return this;
        }

        Host awaitPurges(int times) {
            Eventually.within(SOON, () ->
                assertThat(Files.readString(log()).lines().filter(line -> line.endsWith(PURGED)))
                    .as("%s%n%s", String.join("\n", story), Files.readString(log())).hasSize(times));
            return this;
        }

        void awaitFlows(String dump) {
            Eventually.within(SOON, () -> assertThat(Commands.expect(Program.REFERENCE.path(), "-C",
                directory.resolve("conntrackd.conf").toString(), dump).lines()).hasSize(CONNECTIONS));
        }

        /** All that was said, without times and numbers. */
        String story() {
            try {
                story.add("logged: " + Files.readString(host.logged()));
                story.add(Files.readString(log()));
                return (node.name() + "\n" + String.join("\n", story)).replaceAll("(?m)^\\[.{24}] ", "")
                    .replace(directory.toString(), "").replaceAll(" *\\d+", "#");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
