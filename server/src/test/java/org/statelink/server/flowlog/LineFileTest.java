/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {
    private final Logger logger = Logger.getLogger(LineFile.class.getName());
    private final List<String> told = new ArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            told.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };
    @TempDir
    private Path directory;
    private long now = System.currentTimeMillis();

    @BeforeEach
    void listen() {
        logger.addHandler(listener);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(listener);
    }

    private void write(LineFile file, String... lines) {
        for (String line : lines) {
            file.add(line, now);
        }
        now += 1000;
        file.tick(now);
    }

    private LineFile open(Path path) {
        return new LineFile(path, Rotation.NONE, now);
    }

    @Test
    void shouldAppendAndBeReadableByItsOwnerOnly() throws IOException {
        Path path = directory.resolve("log");
        LineFile file = open(path);
        write(file, "one", "two");
        file.close(now);
        LineFile again = open(path);
        write(again, "three");
        again.close(now);

        assertThat(path).hasContent("one\ntwo\nthree\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        assertThat(file.count().written()).isEqualTo(2);
        assertThat(told).isEmpty();
    }

    @Test
    void shouldGoOnInANewFileAfterItWasMovedAway() throws IOException {
        Path path = directory.resolve("log");
        LineFile file = open(path);
        write(file, "one");
        Files.move(path, directory.resolve("log.old"));
        write(file, "two");
        Files.delete(path);
        write(file, "three");
        file.close(now);

        assertThat(directory.resolve("log.old")).hasContent("one\n");
        assertThat(path).hasContent("three\n");
        assertThat(told).hasSize(2).allMatch(line -> line.contains("was moved away or removed"));
        assertThat(file.count().lost()).isZero();
    }

    @Test
    void shouldSayOnceThatTheDirectoryIsMissingAndGoOnWhenItIsThere() throws IOException {
        Path path = directory.resolve("missing").resolve("log");
        LineFile file = open(path);
        write(file, "one", "two");
        write(file, "three");
        assertThat(file.count().lost()).isEqualTo(3);
        Files.createDirectory(path.getParent());
        write(file, "four");
        file.close(now);

        assertThat(path).hasContent("four\n");
        assertThat(told).containsExactly(
            "SEVERE can't write " + path + ". Reason: No such file or directory; flows are counted on, and logged "
                + "again as soon as that works",
            "INFO " + path + " can be written again; 3 flows were not logged there");
        assertThat(file.count().written()).isEqualTo(1);
    }

    @Test
    void shouldRotateBySize() throws IOException {
        Path path = directory.resolve("log");
        LineFile file = new LineFile(path, new Rotation(10, 0, 2), now);
        for (String line : new String[] {"1234567", "2234567", "3234567", "4234567"}) {
            write(file, line);
        }
        file.close(now);

        assertThat(path).hasContent("4234567\n");
        assertThat(directory.resolve("log.1")).hasContent("3234567\n");
        assertThat(directory.resolve("log.2")).hasContent("2234567\n");
        assertThat(directory.resolve("log.3")).doesNotExist();
        assertThat(file.count().written()).isEqualTo(4);
        assertThat(told).isEmpty();
    }

    @Test
    void shouldRotateByAge() {
        Path path = directory.resolve("log");
        LineFile file = new LineFile(path, new Rotation(0, 60_000, 1), now);
        write(file, "one");
        now += 50_000;
        write(file, "two");
        now += 10_000;
        write(file, "three");
        file.close(now);

        assertThat(directory.resolve("log.1")).hasContent("one\ntwo\n");
        assertThat(path).hasContent("three\n");
    }

    @Test
    void shouldKeepNoneIfNoneIsToBeKept() {
        Path path = directory.resolve("log");
        LineFile file = new LineFile(path, new Rotation(4, 0, 0), now);
        write(file, "one");
        write(file, "two");
        file.close(now);

        assertThat(directory).isDirectoryNotContaining("glob:**log.*");
        assertThat(path).hasContent("two\n");
    }

    @Test
    void shouldTakeMoreThanItsBufferHolds() throws IOException {
        Path path = directory.resolve("log");
        LineFile file = open(path);
        String line = "x".repeat(1000);
        for (int i = 0; i < 1000; i++) {
            file.add(line, now);
        }
        file.close(now);

        assertThat(Files.size(path)).isEqualTo(1_001_000);
        assertThat(file.count().written()).isEqualTo(1000);
    }
}
