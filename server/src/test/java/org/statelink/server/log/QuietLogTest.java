/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class QuietLogTest {
    private static final String NAME = "quiet-log-test";

    private final List<String> lines = new ArrayList<>();
    private final Handler collector = new Handler() {
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
    };
    private final Logger backend = Logger.getLogger(NAME);
    private final QuietLog log = new QuietLog(LoggerFactory.getLogger(NAME));

    @BeforeEach
    void collect() {
        backend.addHandler(collector);
        backend.setUseParentHandlers(false);
    }

    @AfterEach
    void stop() {
        backend.removeHandler(collector);
    }

    @Test
    void shouldWriteOneLinePerKindAndIntervalAndCountTheRest() {
        log.warn("full", 0, "table full");
        log.warn("full", TimeUnit.SECONDS.toNanos(1), "table full");
        log.warn("full", TimeUnit.SECONDS.toNanos(4), "table full");
        log.warn("full", TimeUnit.SECONDS.toNanos(5), "table full");

        assertThat(lines).containsExactly("table full", "table full (2 more like it before)");
    }

    @Test
    void shouldTellKindsApart() {
        log.warn("full", 0, "table full");
        log.warn("denied", 0, "not permitted");

        assertThat(lines).containsExactly("table full", "not permitted");
    }
}
