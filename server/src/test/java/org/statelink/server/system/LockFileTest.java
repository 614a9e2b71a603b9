/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LockFileTest {
    private static final int RACERS = 4;

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
        try (LockFile lock = LockFile.acquire(path)) {
            assertThat(lock).isNotNull();
            expectRefusal();
        }
    }

    @Test
    void shouldRefuseWhatAnotherConntrackdWrote() throws Exception {
        Path named = Files.createSymbolicLink(directory.resolve("conntrackd"), Path.of("/bin/sleep").toRealPath());
        Process other = new ProcessBuilder(named.toString(), "60").start();
        try {
            Files.writeString(path, other.pid() + "\n");
            expectRefusal();
        } finally {
            other.destroyForcibly();
        }
    }

    private void expectRefusal() {
        assertThatThrownBy(() -> LockFile.acquire(path)).isInstanceOf(StartException.class)
            .hasMessage("lockfile `" + path + "' exists, perhaps conntrackd already running?");
        assertThat(path).exists();
    }

    @Test
    void shouldTakeOverWhatADeadDaemonLeft() throws Exception {
        Files.writeString(path, exitedProcess() + "\n");
        expectTakeOver();
    }

    @Test
    void shouldTakeOverWhereThePidIsNowAnotherProgram() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(path, other.pid() + "\n");
            expectTakeOver();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void shouldTakeOverWhereThePidIsNowItsOwn() throws Exception {
        Files.writeString(path, ProcessHandle.current().pid() + "\n");
        expectTakeOver();
    }

    private void expectTakeOver() throws Exception {
        try (LockFile lock = LockFile.acquire(path)) {
            assertThat(lock).isNotNull();
            assertThat(path).hasContent(String.valueOf(ProcessHandle.current().pid()));
        }
    }

    @Test
    void shouldTakeOverAtOnceWhatAKilledOwnerHeld() throws Exception {
        Process owner = Racer.start(path);
        line(owner);
        owner.getOutputStream().write('\n');
        owner.getOutputStream().flush();
        assertThat(line(owner)).isEqualTo("won");

        owner.destroyForcibly();

        expectTakeOver();
    }

    @Test
    void shouldRefuseTheEmptyLockOfConntrackd() throws Exception {
        Files.createFile(path);
        expectRefusal();
    }

    @Test
    void shouldSayWhyItCannotBeMade() {
        Path nowhere = directory.resolve("missing/conntrackd.lock");

        assertThatThrownBy(() -> LockFile.acquire(nowhere)).isInstanceOf(StartException.class)
            .hasMessageContaining(nowhere.toString());
    }

    @Test
    void shouldLetExactlyOneOfSeveralProcessesHaveIt() throws Exception {
        expectOneWinner();
    }

    @Test
    void shouldLetExactlyOneOfSeveralProcessesTakeItOver() throws Exception {
        Files.writeString(path, exitedProcess() + "\n");
        expectOneWinner();
    }

    private void expectOneWinner() throws IOException {
        List<Process> racers = new ArrayList<>();
        try {
            for (int i = 0; i < RACERS; i++) {
                racers.add(Racer.start(path));
            }
            for (Process racer : racers) {
                assertThat(line(racer)).isEqualTo("ready");
            }
            for (Process racer : racers) {
                racer.getOutputStream().write('\n');
                racer.getOutputStream().flush();
            }
            List<String> outcomes = new ArrayList<>();
            for (Process racer : racers) {
                outcomes.add(line(racer));
            }
            assertThat(outcomes).containsOnlyOnce("won");
            assertThat(outcomes.stream().filter(outcome -> outcome.contains("already running?"))).hasSize(RACERS - 1);
        } finally {
            racers.forEach(Process::destroyForcibly);
        }
    }

    @SuppressWarnings("resource") // ends with its process
    private static String line(Process racer) throws IOException {
        BufferedReader reader = racer.inputReader(StandardCharsets.UTF_8);
        return reader.readLine();
    }

    private static long exitedProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    /** Tries to get the lock when it is told to, and says what came of it. */
    static final class Racer {
        private Racer() {
        }

        static Process start(Path lock) throws IOException {
            return new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx32m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                Racer.class.getName(), lock.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        }

        public static void main(String[] arguments) throws IOException {
            System.out.println("ready");
            System.in.read();
            try {
                LockFile.acquire(Path.of(arguments[0]));
                System.out.println("won");
            } catch (StartException e) {
                System.out.println(e.getMessage());
            }
            System.in.read();
        }
    }
}
