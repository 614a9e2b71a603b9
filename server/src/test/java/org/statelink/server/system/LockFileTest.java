/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
    @TempDir
    private Path directory;
    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("conntrackd.lock");
    }

    @Test
    void shouldHoldThePidAndVanishOnClose() throws Exception {
        try (LockFile lock = LockFile.acquire(path)) {
            assertThat(lock).isNotNull();
            assertThat(path).hasContent(String.valueOf(ProcessHandle.current().pid()));
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void shouldRefuseWhileTheOwnerLives() throws Exception {
        Files.writeString(path, ProcessHandle.current().pid() + "\n");

        assertThatThrownBy(() -> LockFile.acquire(path)).isInstanceOf(StartException.class)
            .hasMessage("lockfile `" + path + "' exists, perhaps conntrackd already running?");
    }

    @Test
    void shouldTakeOverWhatADeadDaemonLeft() throws Exception {
        long dead = exitedProcess();
        Files.writeString(path, dead + "\n");

        try (LockFile lock = LockFile.acquire(path)) {
            assertThat(lock).isNotNull();
            assertThat(path).hasContent(String.valueOf(ProcessHandle.current().pid()));
        }
    }

    @Test
    void shouldRefuseTheEmptyLockOfConntrackd() throws Exception {
        Files.createFile(path);

        assertThatThrownBy(() -> LockFile.acquire(path)).isInstanceOf(StartException.class);
        assertThat(path).exists();
    }

    @Test
    void shouldSayWhyItCannotBeMade() {
        Path nowhere = directory.resolve("missing/conntrackd.lock");

        assertThatThrownBy(() -> LockFile.acquire(nowhere)).isInstanceOf(StartException.class)
            .hasMessageContaining(nowhere.toString());
    }

    private static long exitedProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }
}
