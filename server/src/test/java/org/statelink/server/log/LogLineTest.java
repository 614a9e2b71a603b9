/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLineTest {
    @Test
    void shouldWriteTheLineAsConntrackdDoes() {
        LogRecord line = new LogRecord(Level.INFO, "initialization completed");
        line.setInstant(LocalDateTime.of(2026, 11, 1, 9, 2, 7).atZone(ZoneId.systemDefault()).toInstant());

        assertThat(new LogLine().format(line)).isEqualTo("[Sun Nov  1 09:02:07 2026] (pid="
            + ProcessHandle.current().pid() + ") [notice] initialization completed\n");
    }

    @Test
    void shouldNameTheLevelsAsConntrackdDoes() {
        assertThat(levelOf(Level.SEVERE)).isEqualTo("[ERROR]");
        assertThat(levelOf(Level.WARNING)).isEqualTo("[warning]");
        assertThat(levelOf(Level.INFO)).isEqualTo("[notice]");
        assertThat(levelOf(Level.FINE)).isEqualTo("[info]");
    }

    @Test
    void shouldAddTheMessageOfACauseAndNoStackTrace() {
        LogRecord line = new LogRecord(Level.SEVERE, "can't open channel socket");
        line.setThrown(new IOException("No such device"));

        assertThat(new LogLine().format(line)).endsWith("[ERROR] can't open channel socket: No such device\n");
    }

    private static String levelOf(Level level) {
        return new LogLine().format(new LogRecord(level, "x")).replaceAll(".*(\\[\\w+\\]) x\n", "$1");
    }
}
