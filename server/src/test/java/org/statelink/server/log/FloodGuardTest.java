/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FloodGuardTest {
    private final List<String> lines = new ArrayList<>();
    private long now;
    private final FloodGuard guard = new FloodGuard(() -> now);

    @BeforeEach
    void collect() {
        guard.add(new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        });
    }

    private void log(String text, int times) {
        for (int i = 0; i < times; i++) {
            guard.publish(new LogRecord(Level.WARNING, text));
        }
    }

    @Test
    void shouldPassWhatIsNoFlood() {
        log("a", FloodGuard.BURST);
        log("b", 1);
        assertThat(lines).hasSize(FloodGuard.BURST + 1);
        now += FloodGuard.INTERVAL_NANOS;
        log("a", FloodGuard.BURST);
        assertThat(lines).hasSize(2 * FloodGuard.BURST + 1);
    }

    @Test
    void shouldHoldAFloodBackAndTellItsSizeAfterTheInterval() {
        log("a", 1000);
        assertThat(lines).isEqualTo(Collections.nCopies(FloodGuard.BURST, "a"));

        now += FloodGuard.INTERVAL_NANOS;
        log("b", 1);
        assertThat(lines.subList(FloodGuard.BURST, lines.size()))
            .containsExactly("last message repeated 990 times: a", "b");
    }

    @Test
    void shouldTellOfAFloodAtTheEnd() {
        log("a", FloodGuard.BURST + 1);
        guard.flush();
        assertThat(lines.getLast()).isEqualTo("last message repeated 1 times: a");
        guard.flush();
        assertThat(lines).hasSize(FloodGuard.BURST + 1);
    }

    @Test
    void shouldTellLinesThatTakeTurnsApart() {
        for (int i = 0; i < 100; i++) {
            log("a", 1);
            log("b", 1);
        }
        assertThat(lines).hasSize(2 * FloodGuard.BURST);
    }

    @Test
    void shouldRememberNoMoreThanSomeKinds() {
        log("a", 100);
        for (int i = 0; i < 100; i++) {
            log("line " + i, 1);
        }
        assertThat(lines).contains("last message repeated 90 times: a").contains("line 99");
    }
}
