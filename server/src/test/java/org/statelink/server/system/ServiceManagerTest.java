/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServiceManagerTest {
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    @TempDir
    private Path folder;

    @Test
    void shouldTellOfStartReloadAndEnd() throws Exception {
        String address = folder.resolve("notify").toString();
        try (DatagramReceiver systemd = DatagramReceiver.at(address);
             ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", address))) {
            manager.ready("Replicating");
            assertThat(systemd.next()).isEqualTo("READY=1\nSTATUS=Replicating");
            long before = System.nanoTime() / 1000;
            manager.reloading();
            String reloading = systemd.next();
            assertThat(reloading).matches("RELOADING=1\nMONOTONIC_USEC=\\d+\nSTATUS=Reloading");
            assertThat(Long.parseLong(reloading.replaceAll("(?s).*USEC=(\\d+).*", "$1")))
                .isBetween(before, System.nanoTime() / 1000);
            manager.stopping();
            assertThat(systemd.next()).isEqualTo("STOPPING=1\nSTATUS=Stopping");
            manager.ready(4711, "Replicating");
            assertThat(systemd.next()).isEqualTo("MAINPID=4711\nREADY=1\nSTATUS=Replicating");
        }
    }

    @Test
    void shouldReachAnAbstractName() throws Exception {
        String address = "@statelink-test-" + PID;
        try (DatagramReceiver systemd = DatagramReceiver.at(address);
             ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", address))) {
            manager.alive();
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void shouldNotMindThatNobodyListens() {
        try (ServiceManager manager =
                 ServiceManager.of(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString()))) {
            manager.ready("Replicating");
            assertThat(manager).isNotSameAs(ServiceManager.NONE);
        }
    }

    @Test
    void shouldTellNobodyWithoutASocketThatItKnows() {
        assertThat(ServiceManager.of(Map.of())).isSameAs(ServiceManager.NONE);
        assertThat(ServiceManager.of(Map.of("NOTIFY_SOCKET", "vsock:2:1"))).isSameAs(ServiceManager.NONE);
    }

    @Test
    void shouldFeedTheWatchdogThatIsMeantForIt() {
        assertThat(watchdogNanos(Map.of("WATCHDOG_USEC", "5000000"))).isEqualTo(TimeUnit.SECONDS.toNanos(5));
        assertThat(watchdogNanos(Map.of("WATCHDOG_USEC", "5000000", "WATCHDOG_PID", PID)))
            .isEqualTo(TimeUnit.SECONDS.toNanos(5));
        assertThat(watchdogNanos(Map.of("WATCHDOG_USEC", "5000000", "WATCHDOG_PID", "1"))).isZero();
        assertThat(watchdogNanos(Map.of("WATCHDOG_USEC", "soon"))).isZero();
        assertThat(watchdogNanos(Map.of())).isZero();
    }

    private long watchdogNanos(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("NOTIFY_SOCKET", folder.resolve("notify").toString());
        try (ServiceManager manager = ServiceManager.of(all)) {
            return manager.watchdogNanos();
        }
    }

    @Test
    void shouldHandItsOwnWatchdogToAChild() {
        Map<String, String> own = new HashMap<>(Map.of("WATCHDOG_USEC", "1", "WATCHDOG_PID", PID));
        ServiceManager.handOver(own);
        assertThat(own).containsOnlyKeys("WATCHDOG_USEC");

        Map<String, String> foreign = new HashMap<>(Map.of("WATCHDOG_USEC", "1", "WATCHDOG_PID", "1"));
        ServiceManager.handOver(foreign);
        assertThat(foreign).containsEntry("WATCHDOG_PID", "1");
    }
}
