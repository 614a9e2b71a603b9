/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
import org.statelink.it.lab.Program;

import static org.assertj.core.api.Assertions.assertThat;

/** The script by which keepalived drives conntrackd, as Debian ships it, drives ours to the same end and words. */
@Tag("netns")
@Tag("interop")
@Timeout(120)
class PrimaryBackupIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int CONNECTIONS = 480;
    private static final String PURGED = "flushing kernel conntrack table (scheduled)";
    /** The script's paths lead elsewhere for those who are started in here. */
    private static final String HOST = """
        set -e
        mkdir -p /etc/conntrackd
        touch /etc/conntrackd/conntrackd.conf
        mount --bind "$1/conntrackd.conf" /etc/conntrackd/conntrackd.conf
        mount --bind "$1/logger" /usr/bin/logger
        mount --bind "$1/conntrackd" /usr/sbin/conntrackd
        mount --bind "$1" /var/lock
        exec sh "$1/primary-backup.sh" "$2"
        """;

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

        first.crash();
        first.expect("backup").awaitPurges(4).awaitFlows("-e");
        second.crash();
        second.expect("primary");
        assertThat(second.change("nonsense").status()).isEqualTo(1);
        return first.story() + second.story();
    }

    /** A node on which everything is where the script looks for it. */
    private static final class Host {
        private final Node node;
        private final Path directory;
        private final List<String> story = new ArrayList<>();

        Host(Node node, Program program) {
            this.node = node;
            ConfigFile config = node.config().mode("PurgeTimeout 1");
            directory = config.path().getParent();
            config.general("LogFile " + log() + "\nLockFile /var/lock/conntrack.lock").write();
            executable("logger", "echo \"$*\" >> " + directory.resolve("logged"));
            // the way of Debian's own is covered by what is mounted there
            executable("conntrackd", "exec " + (program == Program.REFERENCE ? copy(program) : program.path())
                + " \"$@\"");
            Commands.expect("sh", "-c", "zcat -f /usr/share/doc/conntrackd/examples/sync/primary-backup.sh* > "
                + directory.resolve("primary-backup.sh"));
        }

        private Path log() {
            return directory.resolve("conntrackd.log");
        }

        private Path copy(Program program) {
            try {
                return Files.copy(Path.of(program.path()), directory.resolve("copy"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void executable(String name, String command) {
            try {
                Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + command + "\n");
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Result change(String state) {
            Result result = node.namespace().run("unshare", "--mount", "sh", "-c", HOST, "sh", directory.toString(),
                state);
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
                assertThat(Files.readString(log()).lines().filter(line -> line.endsWith(PURGED))).hasSize(times));
            return this;
        }

        void awaitFlows(String dump) {
            Eventually.within(SOON, () -> assertThat(Commands.expect(Program.REFERENCE.path(), "-C",
                directory.resolve("conntrackd.conf").toString(), dump).lines()).hasSize(CONNECTIONS));
        }

        void crash() {
            node.namespace().processes().forEach(pid -> Commands.expect("kill", "-KILL", pid));
            Eventually.within(SOON, () -> assertThat(node.namespace().processes()).isEmpty());
        }

        /** All that was said, without times and numbers. */
        String story() {
            try {
                story.add("logged: " + Files.readString(directory.resolve("logged")));
                story.add(Files.readString(log()));
                return (node.name() + "\n" + String.join("\n", story)).replaceAll("(?m)^\\[.{24}] ", "")
                    .replace(directory.toString(), "").replaceAll(" *\\d+", "#");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
