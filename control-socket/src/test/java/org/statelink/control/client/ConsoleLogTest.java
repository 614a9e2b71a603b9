/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class ConsoleLogTest {
    private static String text(LocalDateTime time) {
        StringBuilder to = new StringBuilder();
        ConsoleLog.appendTime(to, time);
        return to.toString();
    }

    @Test
    void shouldWriteTimesAsCtimeDoes() {
        assertThat(text(LocalDateTime.of(2026, 11, 21, 19, 2, 7))).isEqualTo("Sat Nov 21 19:02:07 2026");
        assertThat(text(LocalDateTime.of(2027, 1, 3, 0, 0, 0))).isEqualTo("Sun Jan  3 00:00:00 2027");
        assertThat(text(LocalDateTime.of(2024, 2, 29, 10, 30, 59))).isEqualTo("Thu Feb 29 10:30:59 2024");
    }

    @Test
    void shouldWriteALine() {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        ConsoleLog.error(new PrintStream(to, true, StandardCharsets.UTF_8), "can't");
        assertThat(to.toString(StandardCharsets.UTF_8))
            .matches("\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ 1-3]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}\\] \\(pid="
                + ProcessHandle.current().pid() + "\\) \\[ERROR\\] can't\n");
    }
}
