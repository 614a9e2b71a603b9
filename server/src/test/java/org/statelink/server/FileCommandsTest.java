/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.config.ConfigReader;

class FileCommandsTest {
    private static final String GOOD = """
        Sync {
            Mode FTFW {
            }
            Multicast {
                IPv4_address 225.0.0.50
                Group 3780
                IPv4_interface 127.0.0.1
                Interface lo
            }
        }
        General {
            HashLimit 4096
            LockFile /tmp/lock
            UNIX {
                Path /tmp/ctl
            }
        }
        """;

    @TempDir
    private Path folder;
    private Path file;
    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);

    @BeforeEach
    void setUp() {
        file = folder.resolve("conf");
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
    }

    @Test
    void shouldSayWhatWouldRun() throws Exception {
        write(GOOD);
        assertThat(FileCommands.check(file, out, err)).isZero();
        assertThat(outBytes.toString(StandardCharsets.UTF_8)).startsWith("replicates in mode FTFW over Multicast\n")
            .contains("link 1", "at most 4096 objects");
    }

    @Test
    void shouldShowEveryErrorWithItsPlace() throws Exception {
        write(GOOD.replace("HashLimit", "HashLimits").replace("Group", "Groop"));
        assertThat(FileCommands.check(file, out, err)).isEqualTo(1);
        assertThat(outBytes.size()).isZero();
        assertThat(errBytes.toString(StandardCharsets.UTF_8))
            .contains(file + ":12:5: ", "did you mean 'HashLimit'?", "\n        HashLimits 4096\n        ^~~~~~~~~~\n")
            .contains(file + ":6:9: ", "did you mean 'Group'?");
    }

    @Test
    void shouldWarnButPass() throws Exception {
        write(GOOD.replace("LockFile", "Nice -1\n    LockFile"));
        assertThat(FileCommands.check(file, out, err)).isZero();
        assertThat(errBytes.toString(StandardCharsets.UTF_8)).contains(file + ":13:", "warning: ", "Nice");
        assertThat(outBytes.size()).isPositive();
    }

    @Test
    void shouldRefuseWhatTheDaemonWouldRefuse() throws Exception {
        write(GOOD.replaceFirst("(?s)Multicast .*?\\}", ""));
        assertThat(FileCommands.check(file, out, err)).isEqualTo(1);
        assertThat(errBytes.toString(StandardCharsets.UTF_8)).contains("link");
    }

    @Test
    void shouldRefuseAMissingFile() {
        assertThat(FileCommands.check(file, out, err)).isEqualTo(1);
        assertThat(FileCommands.convert(file, out, err)).isEqualTo(1);
        assertThat(errBytes.toString(StandardCharsets.UTF_8)).contains("can't open config file");
    }

    @Test
    void shouldConvertToTheSameConfiguration() throws Exception {
        write(GOOD.replace("LockFile", "Nice -1\n    LockFile"));
        assertThat(FileCommands.convert(file, out, err)).isZero();
        Path converted = Files.writeString(folder.resolve("new"), outBytes.toString(StandardCharsets.UTF_8));
        assertThat(ConfigReader.read(converted).config()).isEqualTo(ConfigReader.read(file).config());
        assertThat(errBytes.toString(StandardCharsets.UTF_8)).contains("warning: ");
    }
}
