/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the classic language means, file by file. */
class ClassicReaderTest {
    @Test
    void shouldReadEveryFixture() throws ConfigException {
        for (String name : Fixtures.GOOD) {
            ConfigResult result = Fixtures.read(Fixtures.classic(name));
            assertThat(result.deviations()).as(name).isEmpty();
        }
    }

    @Test
    void shouldTakeAnEmptyFileForTheDefaults() throws ConfigException {
        assertThat(Fixtures.read("").config()).isEqualTo(DaemonConfig.defaults());
    }

    @Test
    void shouldReadAllOfGeneral() throws ConfigException {
        General general = fixture("ftfw-multicast").general();
        Filter filter = general.filter();
        assertThat(general.toBuilder().filter(Filter.NONE).build()).isEqualTo(General.builder()
            .systemd(false).hashSize(16384).hashLimit(400000).logFile(Path.of("/tmp/statelink-fixture.log"))
            .syslog(Optional.of(SyslogFacility.LOCAL5)).lockFile(Path.of("/tmp/statelink-fixture.lock"))
            .controlSocket(Path.of("/tmp/statelink-fixture.ctl")).netlinkBufferSize(1048576)
            .netlinkBufferSizeMaxGrowth(4194304).overrunResyncSeconds(45).netlinkEventsReliable(true)
            .eventIterationLimit(250).nice(-20).build());
        assertThat(filter.place()).isEqualTo(Filter.Place.KERNELSPACE);
        assertThat(filter.protocols()).contains(
            new ProtocolFilter(Filter.Action.ACCEPT, new TreeSet<>(Set.of(6, 17, 1, 58, 132))));
        assertThat(filter.addresses()).contains(new AddressFilter(Filter.Action.IGNORE, List.of(
            Network.of(AddressText.ipv4("127.0.0.1")), new Network(AddressText.ipv4("10.77.1.0"), 24),
            Network.of(AddressText.ipv6("::1")), new Network(AddressText.ipv6("fe80::"), 10))));
        assertThat(filter.states()).contains(new StateFilter(Filter.Action.ACCEPT, Set.of(TcpState.ESTABLISHED,
            TcpState.CLOSE, TcpState.TIME_WAIT, TcpState.CLOSE_WAIT, TcpState.LISTEN)));
    }

    @Test
    void shouldReadAllOfFtfwOverMulticast() throws ConfigException {
        Sync sync = fixture("ftfw-multicast").sync().orElseThrow();
        assertThat(sync.mode()).isEqualTo(new Mode.Ftfw(65536, 150, 180, 5, false, true));
        assertThat(sync.links()).containsExactly(
            new MulticastLink(false, Optional.of("cable0"), Optional.of(AddressText.ipv4("225.0.0.77")),
                Optional.of((Inet4Address) AddressText.any("10.77.1.1")), 3790, 1048576, 2097152, true),
            new MulticastLink(true, Optional.of("cable1.7"), Optional.of(AddressText.ipv6("ff02::77")),
                Optional.empty(), 3791, 0, 0, false));
        assertThat(sync.initialLink()).isEqualTo(1);
        assertThat(sync.options()).isEqualTo(new Options(true, true, List.of("ftp", "sip", "RAS", "Q.931")));
    }

    @Test
    void shouldReadAllOfNotrackOverUdp() throws ConfigException {
        DaemonConfig config = fixture("notrack-udp");
        Sync sync = config.sync().orElseThrow();
        assertThat(sync.mode()).isEqualTo(new Mode.Notrack(0, 60, true, true, false));
        assertThat(sync.links()).containsExactly(
            new UdpLink(false, Optional.of("cable0"), Optional.of(AddressText.ipv4("10.77.2.1")),
                Optional.of(AddressText.ipv4("10.77.2.2")), 3780, 1249280, 1249280, false),
            new UdpLink(true, Optional.of("cable1"), Optional.of(AddressText.ipv6("2001:db8:77::1")),
                Optional.of(AddressText.ipv6("2001:db8:77::2")), 3781, 0, 0, true));
        assertThat(config.general().hashSize()).isEqualTo(65536);
        assertThat(config.general().hashLimit()).isEqualTo(262144);
        assertThat(config.general().overrunResyncSeconds()).isZero();
        assertThat(config.general().pollSeconds()).isEqualTo(15);
        assertThat(config.general().scheduler()).isEqualTo(new Scheduler(Scheduler.Type.FIFO, 42));
        assertThat(config.general().eventBufferSize()).isEqualTo(262144);
        assertThat(config.general().filter().protocols().orElseThrow().numbers()).containsExactly(1, 17, 112);
    }

    @Test
    void shouldReadAllOfAlarmOverTcp() throws ConfigException {
        Sync sync = fixture("alarm-tcp").sync().orElseThrow();
        assertThat(sync.mode()).isEqualTo(new Mode.Alarm(15, 90, 120, 30));
        assertThat(sync.errorQueueLength()).isEqualTo(64);
        assertThat(sync.links()).hasOnlyElementsOfType(TcpLink.class).hasSize(2);
        assertThat(sync.initialLink()).isZero();
    }

    @Test
    void shouldReadStatsAndHelpers() throws ConfigException {
        assertThat(fixture("stats").stats()).contains(
            new Stats(Optional.of(Stats.DEFAULT_LOG_FILE), Optional.of(SyslogFacility.LOCAL3)));
        assertThat(fixture("helpers").helpers()).isEqualTo(new Helpers(true, List.of(
            new HelperConfig("ftp", false, false, 0, 10240, List.of(new HelperConfig.Policy("ftp", 2, 120))),
            new HelperConfig("rpc", true, true, 2, 0, List.of(new HelperConfig.Policy("rpc", 0, 300))),
            new HelperConfig("tns", false, false, 3, 64, List.of()))));
    }

    @Test
    void shouldDropTheCommitTimeoutWithoutExternalCache() throws ConfigException {
        ConfigResult result = Fixtures.read(Fixtures.classic("warnings"));
        assertThat(result.config().sync().orElseThrow().mode()).isInstanceOf(Mode.Ftfw.class);
        assertThat(result.config().sync().orElseThrow().mode().commitTimeout()).isZero();
        assertThat(result.warnings()).last().asString().contains("`CommitTimeout' can't be combined");
        assertThat(result.warnings()).hasSize(16);
    }

    @ParameterizedTest
    @CsvSource({"+5, 5", "-20, -20", "-0, 0", "+0007, 7", "-21, -20", "+20, 19", "+99999999999999999999, 19"})
    void shouldTakeANiceValueForTheNearestThatThereIs(String written, int nice) throws ConfigException {
        assertThat(Fixtures.read("General { Nice " + written + " }\n").config().general().nice()).isEqualTo(nice);
    }

    @Test
    void shouldWarnAtStartOfAMissingMode() throws ConfigException {
        assertThat(Fixtures.read("Sync { }").startWarnings()).singleElement().extracting(Diagnostic::classicText)
            .isEqualTo("No synchronization mode specified. Defaulting to FT-FW mode.");
        assertThat(Fixtures.read("Sync { Mode ALARM { } }").startWarnings()).isEmpty();
    }

    @Test
    void shouldPointAtAnUnknownWord() {
        ConfigException e = rejected("General {\n\tHashSize 5\n\tHashLimt 6\n}\n");
        assertThat(e).hasMessage("test.conf:3:2: unknown word 'HashLimt' in General; did you mean 'HashLimit'?");
        assertThat(e.classicMessage()).isEqualTo("parsing config file in line (3), symbol 'HashLimt': syntax error");
        assertThat(e.line()).isEqualTo(3);
        assertThat(e.column()).isEqualTo(2);
        assertThat(e.symbol()).isEqualTo("HashLimt");
        assertThat(e.errors().getFirst().render()).isEqualTo("""
            test.conf:3:2: unknown word 'HashLimt' in General; did you mean 'HashLimit'?
                \tHashLimt 6
                \t^~~~~~~~
            """);
    }

    @Test
    void shouldFindEveryError() {
        ConfigException e = rejected("""
            General { HashSize many
              PollSecs 0
              Scheduler { Priority 100 }
              Foo { Bar { HashSize } }
              Systemd maybe
            }
            Sync { Mode FTFW { RefreshTime 5 }
              UDP { Port x Interface lo }
              TCP { Port 5 }
            """);
        assertThat(e.errors()).extracting(Diagnostic::line).containsExactly(1, 2, 3, 4, 5, 7, 8, 9, 10);
    }

    @Test
    void shouldGuessAForgottenBrace() {
        ConfigException e = rejected("Sync {\nMode FTFW {\nUDP { Port 5 }\nOptions { }\n}\nGeneral { }\n");
        assertThat(e.errors()).singleElement().asString()
            .isEqualTo("test.conf:3:1: 'UDP' has no place in Mode FTFW; is a '}' missing before it?");
    }

    @Test
    void shouldTakeNamesWhereNamesAreExpected() throws ConfigException {
        for (DeviationSamples.Sample sample : DeviationSamples.ALL) {
            if (sample.deviation() == Deviation.NAME) {
                assertThat(Fixtures.read(sample.text()).deviations()).containsExactly(Deviation.NAME);
            }
        }
        assertThat(Fixtures.read("Sync { UDP { Interface cafe } }").config().links().getFirst().interfaceName())
            .contains("cafe");
    }

    private static DaemonConfig fixture(String name) throws ConfigException {
        return Fixtures.read(Fixtures.classic(name)).config();
    }

    private static ConfigException rejected(String text) {
        return catchThrowableOfType(ConfigException.class, () -> Fixtures.read(text));
    }
}
