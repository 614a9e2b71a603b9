/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.statelink.config.ConfigReader;
import org.statelink.control.ControlRequest;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.kernel.Flows;
import org.statelink.server.system.StartException;

/** Two daemons in one process, each with a kernel in memory, over UDP and TCP on the loopback interface. */
class UnicastPairTest {
    @TempDir
    private Path directory;
    private final KernelDouble kernelOfA = new KernelDouble();
    private final KernelDouble kernelOfB = new KernelDouble();
    private int port;
    private String mode = "FTFW { }";
    private Daemon a;
    private Daemon b;

    @BeforeEach
    void choosePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        if (a != null) {
            a.close();
        }
        if (b != null) {
            b.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP", "TCP"})
    void shouldCarryStatesBothWays(String transport) throws Exception {
        a = start("a", transport, 1, 2, kernelOfA);
        b = start("b", transport, 2, 1, kernelOfB);
        for (int number = 1; number <= 300; number++) {
            kernelOfA.traffic(Flows.tcp(number));
        }
        for (int number = 301; number <= 400; number++) {
            kernelOfB.traffic(Flows.tcp(number));
        }

        await(() -> ask("b", ControlRequest.CT_DUMP_EXTERNAL).lines().count() == 300
            && ask("a", ControlRequest.CT_DUMP_EXTERNAL).lines().count() == 100);

        String connections = transport.equals("TCP") ? " server=connected client=connected" : "";
        assertThat(ask("a", ControlRequest.STATS))
            .contains("\n" + transport + " traffic (active device=lo)" + connections + ":\n");
        assertThat(ask("a", ControlRequest.STATS_LINK))
            .startsWith(transport + " traffic device=lo status=RUNNING role=ACTIVE:\n");
    }

    @Test
    void shouldKeepWhatAPeerOverTcpDoesNotTakeYet() throws Exception {
        a = start("a", "TCP", 1, 2, kernelOfA);
        for (int number = 1; number <= 500; number++) {
            kernelOfA.traffic(Flows.tcp(number));
        }
        Pattern halfFull = Pattern.compile("queue errorq:\ncurrent elements:\t\t +[23]\n");
        await(() -> halfFull.matcher(ask("a", ControlRequest.STATS_QUEUE)).find());
        assertThat(ask("a", ControlRequest.STATS_QUEUE))
            .contains("maximum elements:\t\t           4\nnot enough space errors:\t           0\n");
        assertThat(ask("a", ControlRequest.STATS)).contains(" server=disconnected client=disconnected:\n");

        b = start("b", "TCP", 2, 1, kernelOfB);

        await(() -> ask("b", ControlRequest.CT_DUMP_EXTERNAL).lines().count() == 500);
        assertThat(ask("b", ControlRequest.STATS_NETWORK)).contains("Packets lost:\t\t                   0\n");
    }

    /** Without a cache nothing is left of an event that the link does not take. */
    @Test
    void shouldCountWhatIsLostWithoutACache() throws Exception {
        mode = "NOTRACK { DisableInternalCache on\n}";
        a = start("a", "TCP", 1, 2, kernelOfA);
        for (int number = 1; number <= 500; number++) {
            kernelOfA.traffic(Flows.tcp(number));
        }
        Pattern drops = Pattern.compile("queue txqueue:\n(?s:.*?)not enough space errors:\t +([1-9]\\d*)\n");
        await(() -> drops.matcher(ask("a", ControlRequest.STATS_QUEUE)).find());
    }

    @Test
    void shouldRefuseALinkWithoutAPeer() {
        assertThatThrownBy(() -> {
            a = Daemon.start(ConfigReader.read(write("a", "UDP", 1, "")).config(), kernelOfA);
        }).isInstanceOf(StartException.class).hasMessageContaining("lacks `IPv4_Destination_Address");
    }

    private Daemon start(String name, String transport, int local, int peer, KernelDouble kernel) throws Exception {
        Path file = write(name, transport, local, "IPv4_Destination_Address 127.0.0." + peer);
        return Daemon.start(ConfigReader.read(file).config(), kernel);
    }

    private Path write(String name, String transport, int local, String peer) throws IOException {
        return Files.writeString(directory.resolve(name + ".conf"), """
            Sync {
                Mode %s
                %s {
                    IPv4_address 127.0.0.%d
                    %s
                    Port %d
                    Interface lo
                    %s
                }
            }
            General {
                NetlinkBufferSize 2097152
                NetlinkBufferSizeMaxGrowth 8388608
                LockFile %s
                UNIX { Path %s
                }
            }
            """.formatted(mode, transport, local, peer, port, transport.equals("TCP") ? "ErrorQueueLength 4" : "",
            directory.resolve(name + ".lock"), directory.resolve(name + ".ctl")));
    }

    private String ask(String name, ControlRequest request) {
        return clients().ask(name, request);
    }

    private void await(BooleanSupplier condition) {
        clients().await(condition, "a", ControlRequest.STATS, ControlRequest.STATS_QUEUE);
    }

    private DaemonClients clients() {
        return new DaemonClients(directory);
    }
}
