/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HOCON language: the same records as from the classic one. */
class HoconTest {
    private static final int CONFIGURATIONS = 300;

    @TempDir
    private Path directory;

    @Test
    void shouldHoldEveryDefaultInTheReference() throws Exception {
        assertThat(read("statelink {}").config()).isEqualTo(DaemonConfig.defaults());
        assertThat(read("statelink.sync {}").config())
            .isEqualTo(DaemonConfig.defaults().withSync(new Sync(Mode.defaults(), List.of())));
        assertThat(read("statelink.sync.mode = alarm").config().sync().orElseThrow().mode())
            .isEqualTo(new Mode.Alarm(60, 180, 0, 60));
        assertThat(read("statelink.sync.mode = notrack").config().sync().orElseThrow().mode())
            .isEqualTo(new Mode.Notrack(0, 60, false, false, false));
        assertThat(read("statelink.sync.links = [{}]").config().links())
            .containsExactly(new MulticastLink(false, Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, 0,
                true));
        assertThat(read("statelink.helpers.list = [{ name = ftp }]").config().helpers().helpers())
            .containsExactly(new HelperConfig("ftp", false, false, 0, 0, List.of()));
    }

    @Test
    void shouldConvertEveryFixture() throws Exception {
        for (String name : Fixtures.GOOD) {
            DaemonConfig config = Fixtures.read(Fixtures.classic(name)).config();
            assertThat(read(HoconWriter.write(config)).config()).as(name).isEqualTo(config);
        }
    }

    @Test
    void shouldReadWhatItWrites() throws Exception {
        long seed = Long.getLong("statelink.test.seed", new Random().nextLong());
        System.out.println("HoconTest: seed " + seed);
        RandomConfig random = new RandomConfig(seed);
        for (int i = 0; i < CONFIGURATIONS; i++) {
            DaemonConfig config = random.next();
            String text = HoconWriter.write(config);
            assertThat(read(text).config()).as("seed %d, %d:%n%s", seed, i, text).isEqualTo(config);
        }
    }

    @Test
    void shouldSubstituteAndInclude() throws Exception {
        Files.writeString(directory.resolve("common.conf"), "statelink.general.control-socket = /run/common.ctl\n");
        DaemonConfig config = read("""
            include "common.conf"
            node = 7
            limit = ${statelink.general.hash-size}
            statelink {
              general { hash-limit = ${limit}, netlink-buffer-size = 2 MiB, overrun-resync = 1 minute, poll = 15 }
              sync {
                link-defaults { transport = udp, port = 3780 }
                links = [
                  { interface = "eth"${node}, address = 10.0.0.${node}, destination = 10.0.0.8 }
                  { interface = eth1, address = "fd00::1", destination = "fd00::2", preferred = yes }
                ]
                expectation-sync = [ftp, sip]
              }
            }
            """).config();
        assertThat(config.general()).isEqualTo(General.builder().controlSocket(Path.of("/run/common.ctl"))
            .hashLimit(65536).netlinkBufferSize(2 << 20).overrunResyncSeconds(60).pollSeconds(15).build());
        assertThat(config.links()).containsExactly(
            new UdpLink(false, Optional.of("eth7"), Optional.of(AddressText.ipv4("10.0.0.7")),
                Optional.of(AddressText.ipv4("10.0.0.8")), 3780, 0, 0, true),
            new UdpLink(true, Optional.of("eth1"), Optional.of(AddressText.ipv6("fd00::1")),
                Optional.of(AddressText.ipv6("fd00::2")), 3780, 0, 0, true));
    }

    @Test
    void shouldLetPropertiesAndThenTheEnvironmentOverride() throws Exception {
        Config overrides = HoconOverrides.of(
            Map.of("statelink.general.hash-size", "5", "statelink.general.hash-limit", "6", "statelink.home", "/x"),
            Map.of("STATELINK_GENERAL_HASH__LIMIT", "7", "CONFIG_FORCE_statelink_sync_mode", "alarm",
                "STATELINK_OPTS", "-Xmx1g"), HoconReader.PARTS);
        DaemonConfig config = read("statelink.general { hash-size = 1, hash-limit = 2 }", overrides).config();
        assertThat(config.general().hashSize()).isEqualTo(5);
        assertThat(config.general().hashLimit()).isEqualTo(7);
        assertThat(config.sync().orElseThrow().mode()).isInstanceOf(Mode.Alarm.class);
    }

    @Test
    void shouldReadWhereToTellMetrics() throws Exception {
        assertThat(read("statelink.metrics.listen = \"127.0.0.1:9466\"").config().metrics())
            .isEqualTo(Metrics.at(new InetSocketAddress(AddressText.ipv4("127.0.0.1"), 9466)));
        assertThat(read("statelink.metrics.listen = \"[::1]:65535\"").config().metrics())
            .isEqualTo(Metrics.at(new InetSocketAddress(AddressText.ipv6("::1"), 65535)));
        assertThat(read("statelink.metrics.listen = off").config().metrics()).isEqualTo(Metrics.OFF);
        assertThat(read("statelink {}", HoconOverrides.of(Map.of(), Map.of(Metrics.VARIABLE, "127.0.0.1:1"),
            HoconReader.PARTS)).config().metrics().listen()).isPresent();
        for (String wrong : List.of("9466", "localhost:9466", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "::1:9466",
            "[::1]", "[]:1", "127.0.0.1:1234567890123", "127.0.0.1:")) {
            assertThat(rejected("statelink.metrics.listen = \"" + wrong + '"')).as(wrong)
                .hasMessageContaining("needs an address and a port");
        }
    }

    @Test
    void shouldTellMetricsOfAClassicFileByTheEnvironment() throws Exception {
        Path classic = write("General { HashSize 78 }");
        assertThat(ConfigReader.read(classic, variable("[::1]:9466")).config().metrics().listen())
            .contains(new InetSocketAddress(AddressText.ipv6("::1"), 9466));
        assertThat(ConfigReader.read(classic, variable("")).config().metrics()).isEqualTo(Metrics.OFF);
        assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(classic, variable("9466"))))
            .hasMessageContaining("not '9466'");
    }

    private static Environment variable(String value) {
        return new Fixtures.Host() {
            @Override
            public String variable(String name) {
                return name.equals(Metrics.VARIABLE) ? value : "";
            }
        };
    }

    @Test
    void shouldReadTheNamesOfVariables() {
        assertThat(HoconOverrides.unmangle("GENERAL_HASH__SIZE")).isEqualTo("general.hash-size");
        assertThat(HoconOverrides.unmangle("a___b_c")).isEqualTo("a_b.c");
    }

    @Test
    void shouldNameEveryMistakeWithItsPlace() {
        ConfigException e = rejected("""
            statelink {
              general {
                hash-sze = 5
                hash-limit = many
                syslog = local9
                lock-file = relative
                filter.protocols.accept = [tcp, nosuch]
              }
              sync { mode = ftfw, refresh-time = 5, links = [{ transport = tcp }, { transport = udp, address = x }] }
              stats { }
            }
            """);
        String file = directory.resolve("test.conf").toString();
        assertThat(e.errors()).extracting(Diagnostic::toString).containsExactlyInAnyOrder(
            file + ":3:5: unknown option 'statelink.general.hash-sze'; did you mean 'hash-size'?",
            file + ":4:5: statelink.general.hash-limit: needs a whole number",
            file + ":5:14: statelink.general.syslog: needs one of daemon, local0, local1, local2, local3, local4, "
                + "local5, local6, local7, not 'local9'; did you mean 'local0'?",
            file + ":6:5: statelink.general.lock-file: needs a path that begins with '/'",
            file + ":7:22: statelink.general.filter.protocols.accept: 'nosuch' is not a known protocol",
            file + ":9:23: statelink.sync.refresh-time: mode ftfw has no such option",
            file + ":9: statelink.sync.links.1.transport: cannot use `UDP' with other dedicated link protocols!",
            file + ":9:90: statelink.sync.links.1.address: 'x' is not a valid address",
            file + ":10:3: cannot use both `Stats' and `Sync' clauses in conntrackd.conf");
    }

    @Test
    void shouldNameTheLineOfASyntaxError() {
        ConfigException e = rejected("statelink {\n  general {\n    a = = 5\n  }\n}\n");
        assertThat(e.line()).isEqualTo(3);
    }

    @Test
    void shouldTellTheLanguagesApart() {
        for (String hocon : List.of("statelink {}", "{ \"statelink\" : {} }", "# x\nnode = 1\nstatelink.sync {}",
            "include \"x\"", "// statelink\nstatelink = {}")) {
            assertThat(isHocon(hocon)).as(hocon).isTrue();
        }
        for (String classic : List.of("", "General { }", "# statelink {\nGeneral { }", "Foo", "statelink",
            "General { LockFile /var/lock/statelink.lock\n}")) {
            assertThat(isHocon(classic)).as(classic).isFalse();
        }
    }

    @Test
    void shouldReadEitherLanguageFromAFile() throws Exception {
        Path hocon = write("statelink.general.hash-size = 77");
        assertThat(ConfigReader.read(hocon).config().general().hashSize()).isEqualTo(77);
        Path classic = write("General { HashSize 78 }");
        assertThat(ConfigReader.read(classic).config().general().hashSize()).isEqualTo(78);
    }

    @Test
    void shouldRefuseEndlessAndForeignIncludes() {
        assertThat(rejected("include \"test.conf\"\ninclude \"test.conf\"\nstatelink {}")).isNotNull();
        assertThat(rejected("include url(\"http://192.0.2.1/x\")\nstatelink {}")).hasMessageContaining("URL");
    }

    private static boolean isHocon(String text) {
        return HoconSniffer.isHocon(text.getBytes(StandardCharsets.UTF_8));
    }

    private ConfigResult read(String text) throws ConfigException, IOException {
        return read(text, HoconOverrides.of(Map.of(), Map.of(), Set.of()));
    }

    private ConfigResult read(String text, Config overrides) throws ConfigException, IOException {
        Path file = write(text);
        return new HoconReader(file.toString(), new Fixtures.Host()).read(Files.readAllBytes(file), file, overrides);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("test.conf"), text);
    }

    private ConfigException rejected(String text) {
        return catchThrowableOfType(ConfigException.class, () -> read(text));
    }
}
