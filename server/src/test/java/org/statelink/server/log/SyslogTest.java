/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.server.log.Syslog.Severity;
import org.statelink.server.system.DatagramReceiver;

@Timeout(60)
class SyslogTest {
    private static final int LOCAL3 = 19;
    private static final String TAG = "conntrack-tools[" + ProcessHandle.current().pid() + "]: ";
    private static final Instant TIME =
        LocalDateTime.of(2026, 11, 1, 9, 2, 7).atZone(ZoneId.systemDefault()).toInstant();

    @TempDir
    private Path folder;
    private Path socket;

    @BeforeEach
    void name() {
        socket = folder.resolve("log");
    }

    private Syslog open() throws IOException {
        return Syslog.open(socket.toString(), LOCAL3);
    }

    @Test
    void shouldWriteTheLineAsSyslogOfGlibcDoesForConntrackd() throws Exception {
        try (DatagramReceiver daemon = DatagramReceiver.at(socket.toString()); Syslog syslog = open()) {
            syslog.write(Severity.NOTICE, TIME, "initialization completed");
            assertThat(daemon.next()).isEqualTo("<157>Nov  1 09:02:07 " + TAG + "initialization completed");
            syslog.write(Severity.ERROR, TIME, "lockfile exists");
            assertThat(daemon.next()).isEqualTo("<155>Nov  1 09:02:07 " + TAG + "lockfile exists");
        }
    }

    @Test
    void shouldGoOnAfterTheDaemonWasRestarted() throws Exception {
        try (Syslog syslog = open()) {
            try (DatagramReceiver first = DatagramReceiver.at(socket.toString())) {
                syslog.write(Severity.NOTICE, TIME, "one");
                assertThat(first.next()).endsWith("one");
            }
            syslog.write(Severity.NOTICE, TIME, "two");
            Files.delete(socket);
            syslog.write(Severity.NOTICE, TIME, "three");
            try (DatagramReceiver second = DatagramReceiver.at(socket.toString())) {
                syslog.write(Severity.NOTICE, TIME, "four");
                assertThat(second.next()).startsWith("<156>").endsWith("2 lines could not be written to syslog");
                assertThat(second.next()).endsWith("four");
            }
        }
    }

    @Test
    void shouldNotWaitForADaemonThatDoesNotRead() throws Exception {
        try (DatagramReceiver deaf = DatagramReceiver.deafAt(socket.toString()); Syslog syslog = open()) {
            assertThat(deaf).isNotNull();
            for (int i = 0; i < 10_000; i++) {
                syslog.write(Severity.NOTICE, TIME, "line " + i);
            }
        }
    }
}
