/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class DaemonLogTest {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonLogTest.class);

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        DaemonLog.alsoTo(Optional.empty());
    }

    @Test
    void shouldOpenTheFileAnewAfterItWasMovedAway() throws Exception {
        Path file = folder.resolve("log");
        DaemonLog.alsoTo(Optional.of(LogFile.open(file)));
        LOG.info("first");
        Path old = Files.move(file, folder.resolve("log.1"));

        LOG.info("second");
        DaemonLog.reopenFile();
        LOG.info("third");

        assertThat(old).content().contains("first", "second").doesNotContain("third");
        assertThat(file).content().contains("[notice] third").doesNotContain("second");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void shouldGoOnInTheOldFileWhereTheNewOneCannotBeOpened() throws Exception {
        Path inside = Files.createDirectory(folder.resolve("gone"));
        Path file = inside.resolve("log");
        DaemonLog.alsoTo(Optional.of(LogFile.open(file)));
        Path moved = Files.move(inside, folder.resolve("moved")).resolve("log");

        assertThatThrownBy(DaemonLog::reopenFile).isInstanceOf(IOException.class);
        LOG.info("still here");

        assertThat(moved).content().contains("still here");
    }

    @Test
    void shouldLoseNoLineBetweenTwoFiles() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        int[] written = new int[1];
        DaemonLog.alsoTo(Optional.of(LogFile.open(folder.resolve("0"))));
        Thread writer = Thread.ofPlatform().start(() -> {
            while (!stop.get() && written[0] < 20_000) {
                LOG.info("line {}", written[0]++);
            }
        });
        for (int i = 1; i <= 20; i++) {
            DaemonLog.alsoTo(Optional.of(LogFile.open(folder.resolve(Integer.toString(i)))));
        }
        stop.set(true);
        writer.join();

        long lines = 0;
        for (int i = 0; i <= 20; i++) {
            lines += Files.readAllLines(folder.resolve(Integer.toString(i))).stream()
                .filter(line -> line.contains("] line ")).count();
        }
        assertThat(lines).isEqualTo(written[0]);
    }

    @Test
    void shouldDoNothingWithoutAFile() throws Exception {
        DaemonLog.alsoTo(Optional.empty());
        DaemonLog.reopenFile();
        LOG.info("nowhere");
        assertThat(folder).isEmptyDirectory();
    }
}
