/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.config.ConfigReader;
import org.statelink.control.ControlRequest;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.kernel.Flows;

/** Two daemons in one process, each with a kernel in memory, over multicast on the loopback interface. */
class DaemonPairTest {
    @TempDir
    private Path directory;
    private final KernelDouble kernelOfA = new KernelDouble();
    private final KernelDouble kernelOfB = new KernelDouble();
    private Daemon a;
    private Daemon b;

    @BeforeEach
    void start() throws Exception {
        int port = DaemonClients.freePort();
        a = start("a", port, kernelOfA);
        b = start("b", port, kernelOfB);
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
        assertThat(directory.resolve("a.ctl")).doesNotExist();
    }

    private Daemon start(String name, int port, KernelDouble kernel) throws Exception {
        Path file = directory.resolve(name + ".conf");
        Files.writeString(file, """
            Sync {
                Mode FTFW { }
                Multicast {
                    IPv4_address 225.0.0.50
                    Group %d
                    IPv4_interface 127.0.0.1
                    Interface lo
                }
            }
            General {
                NetlinkBufferSize 2097152
                NetlinkBufferSizeMaxGrowth 8388608
                LockFile %s
                UNIX { Path %s
                }
            }
            """.formatted(port, directory.resolve(name + ".lock"), directory.resolve(name + ".ctl")));
        return Daemon.start(ConfigReader.read(file).config(), kernel);
    }

    @Test
    void shouldCarryStatesFromOneKernelToTheOther() throws Exception {
        for (int port = 1; port <= 500; port++) {
            kernelOfA.traffic(Flows.tcp(port));
        }
        for (int port = 1; port <= 100; port++) {
            kernelOfA.expire(Flows.tcp(port));
        }

        await(() -> ask("b", ControlRequest.CT_DUMP_EXTERNAL).lines().count() == 400);
        ask("b", ControlRequest.ALL_COMMIT);

        assertThat(kernelOfB.size()).isEqualTo(400);
        assertThat(ask("b", ControlRequest.CT_DUMP_INTERNAL).lines()).hasSize(400);
        assertThat(ask("b", ControlRequest.CT_DUMP_EXTERNAL)).contains(
            "tcp      6 ESTABLISHED src=198.51.100.34 dst=198.51.100.50 sport=500 dport=80 [ASSURED] [active since ");
    }

    @Test
    void shouldSendEverythingWhenAsked() throws Exception {
        kernelOfA.traffic(Flows.tcp(1));
        await(() -> ask("b", ControlRequest.CT_DUMP_EXTERNAL).lines().count() == 1);
        ask("b", ControlRequest.CT_FLUSH_EXT_CACHE);
        assertThat(ask("b", ControlRequest.CT_DUMP_EXTERNAL)).isEmpty();

        ask("b", ControlRequest.REQUEST_DUMP);

        await(() -> ask("b", ControlRequest.CT_DUMP_EXTERNAL).lines().count() == 1);
    }

    @Test
    void shouldFlushTheKernelWithoutTellingThePeer() throws Exception {
        kernelOfA.traffic(Flows.tcp(1));
        await(() -> ask("b", ControlRequest.CT_DUMP_EXTERNAL).lines().count() == 1);

        ask("a", ControlRequest.ALL_FLUSH_MASTER);

        assertThat(kernelOfA.size()).isZero();
        await(() -> ask("a", ControlRequest.CT_DUMP_INTERNAL).isEmpty());
        assertThat(ask("b", ControlRequest.CT_DUMP_EXTERNAL).lines()).hasSize(1);
    }

    @Test
    void shouldReadTheKernelAgainWhenAsked() throws Exception {
        kernelOfA.traffic(Flows.tcp(1));
        await(() -> ask("a", ControlRequest.CT_DUMP_INTERNAL).lines().count() == 1);

        ask("a", ControlRequest.ALL_RESYNC_MASTER);

        assertThat(ask("a", ControlRequest.STATS_RUNTIME)).contains("resync with kernel table:\t           1\n");
        assertThat(ask("a", ControlRequest.CT_DUMP_INTERNAL).lines()).hasSize(1);
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
