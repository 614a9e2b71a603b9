/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.config.ConfigReader;
import org.statelink.control.ControlRequest;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.kernel.Flows;

/** A daemon that reads the kernel's table now and then in place of its events. */
class PollingTest {
    @TempDir
    private Path directory;
    private final KernelDouble kernel = new KernelDouble();

    @Test
    void shouldLearnByReadingTheTable() throws Exception {
        Path file = Files.writeString(directory.resolve("a.conf"), """
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
                PollSecs 1
                LockFile %s
                UNIX { Path %s
                }
            }
            """.formatted(DaemonClients.freePort(), directory.resolve("a.lock"), directory.resolve("a.ctl")));
        Daemon daemon = Daemon.start(ConfigReader.read(file).config(), kernel);
        try {
            learn(new DaemonClients(directory));
        } finally {
            daemon.close();
        }
        assertThat(directory.resolve("a.ctl")).doesNotExist();
    }

    private void learn(DaemonClients clients) {
        kernel.traffic(Flows.tcp(1));
        kernel.traffic(Flows.tcp(2));
        clients.await(() -> internal(clients) == 2, "a", ControlRequest.STATS);

        kernel.expire(Flows.tcp(1));
        clients.await(() -> internal(clients) == 1, "a", ControlRequest.STATS);
        assertThat(clients.ask("a", ControlRequest.STATS_RUNTIME))
            .contains("events received:\t                   0", "resync with kernel table:\t           0");
    }

    private static long internal(DaemonClients clients) {
        return clients.ask("a", ControlRequest.CT_DUMP_INTERNAL).lines().count();
    }
}
