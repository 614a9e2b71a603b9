/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that nobody wrote: an error in bounded time and memory, never a crash. */
class HostileFileTest {
    private static final int SIZE = 10 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int RANDOM_FILES = 300;

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseTenMegabytesOfAnything() {
        for (String piece : List.of("{", "}", "General { ", "Helper { Type ftp inet tcp { ", "\u0000", "\u00ff",
            "1", "a", "/", ":", "1:", "11111111111111111111111111111111 ", "abcdabcdabcdabcdabcdabcdabcdabcd:",
            "Type ftp inet tcp { ", "General { Nice }\n", "Foo\n", "Sync { UDP { Interface ", "1.1.1.1.", "::", "\"")) {
            assertTimeoutPreemptively(LIMIT, () -> assertThatThrownBy(() -> Fixtures.read(repeat(piece)))
                .as(piece).isInstanceOf(ConfigException.class).satisfies(e ->
                    assertThat(((ConfigException) e).errors()).hasSizeLessThanOrEqualTo(Findings.MOST)));
        }
    }

    @Test
    void shouldReadTenMegabytesOfWhatIsAllowed() {
        for (String piece : List.of("# nothing\n", " ", "\n", "General { Nice +1 }\n", "General { Syslog x }\n",
            "General { Filter { Address Accept { IPv4_address 10.0.0.0/8 } } }\n")) {
            assertTimeoutPreemptively(LIMIT, () ->
                assertThat(Fixtures.read(repeat(piece)).warnings()).hasSizeLessThanOrEqualTo(Findings.MOST));
        }
    }

    @Test
    void shouldRefuseHostileHocon() throws IOException {
        for (String piece : List.of("{", "a{", "[", "a=[", "\u0000", "\u00ff", "\"", "${a}", "a=${a}\n",
            "include \"x\"\n", "=", "a.", "\"\"\"")) {
            String text = "statelink {} \n" + piece.repeat((HoconReader.LARGEST_FILE - 100) / piece.length());
            refused(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        refused(("statelink {}\n" + "a=${a}\n".repeat(300)).getBytes(StandardCharsets.ISO_8859_1));
        refused(("statelink { a = \"" + "x".repeat(SIZE) + "\" }").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldRefuseWhatIsTooLargeOrNoFile() throws IOException {
        Path file = directory.resolve("large.conf");
        Files.write(file, new byte[ConfigReader.LARGEST_FILE + 1]);
        assertThatThrownBy(() -> ConfigReader.read(file)).isInstanceOf(ConfigException.class)
            .hasMessageContaining("larger than");
        assertThatThrownBy(() -> ConfigReader.read(directory)).isInstanceOf(ConfigException.class)
            .hasMessageContaining("can't open config file");
        assertThatThrownBy(() -> ConfigReader.read(directory.resolve("none"))).isInstanceOf(ConfigException.class)
            .hasMessageContaining("can't open config file `" + directory.resolve("none") + "'");
    }

    @Test
    void shouldSurviveRandomBytesInGoodFiles() {
        long seed = Long.getLong("statelink.test.seed", new Random().nextLong());
        System.out.println("HostileFileTest: seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < RANDOM_FILES; i++) {
            byte[] bytes = Fixtures.classic(Fixtures.GOOD.get(random.nextInt(Fixtures.GOOD.size() - 1)));
            for (int j = 1 + random.nextInt(5); j > 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Fixtures.read(bytes)).isNotNull();
            } catch (ConfigException e) {
                refused++;
                assertThat(e.errors()).as("seed %d, %d", seed, i).allSatisfy(each -> {
                    assertThat(each.render()).isNotBlank();
                    assertThat(each.classicText()).isNotBlank();
                });
            }
        }
        assertThat(refused).isPositive();
    }

    private void refused(byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("hostile.conf"), bytes);
        assertTimeoutPreemptively(LIMIT, () -> assertThatThrownBy(() -> ConfigReader.read(file, new Fixtures.Host()))
            .isInstanceOf(ConfigException.class));
    }

    private static byte[] repeat(String piece) {
        byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream(SIZE + bytes.length);
        while (out.size() < SIZE) {
            out.write(bytes, 0, bytes.length);
        }
        return out.toByteArray();
    }
}
