/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.statelink.config.ConfigException;
import org.statelink.config.ConfigReader;
import org.statelink.config.DaemonConfig;

class ReloadPlanTest {
    private static final String BASE = """
        Sync {
            Mode FTFW {
                PurgeTimeout 15
            }
            Multicast {
                IPv4_address 225.0.0.50
                Group 3780
                IPv4_interface 127.0.0.1
                Interface lo
            }
            Options {
                TCPWindowTracking off
            }
        }
        General {
            LockFile /tmp/a.lock
            UNIX {
                Path /tmp/a.ctl
            }
        }
        """;

    @TempDir
    private Path folder;

    private DaemonConfig config(String text) throws IOException, ConfigException {
        return ConfigReader.read(Files.writeString(folder.resolve("conf"), text)).config();
    }

    private DaemonConfig base() throws Exception {
        return config(BASE);
    }

    private DaemonConfig with(String general, String mode, String sync) throws Exception {
        return config((BASE.strip().substring(0, BASE.strip().length() - 1) + general + "\n}\n")
            .replace("Mode FTFW {", "Mode FTFW {\n" + mode + "\n").replace("Sync {", "Sync {\n" + sync + "\n"));
    }

    private static String second(String name, int port, String more) {
        return "Multicast " + more + " {\nIPv4_address 225.0.0.50\nGroup " + port
            + "\nIPv4_interface 127.0.0.1\nInterface " + name + "\n}\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "HashSize 7 | | | without effect: HashSize 65536 -> 7",
        "HashLimit 7 | | | changed: HashLimit 262144 -> 7",
        "LogFile /tmp/x | | | changed: LogFile none -> /tmp/x",
        "Syslog local3 | | | needs a restart: Syslog none -> LOCAL3",
        "LockFile /tmp/b | | | needs a restart: LockFile /tmp/a.lock -> /tmp/b",
        "NetlinkBufferSize 70000 | | | changed: NetlinkBufferSize 0 -> 70000",
        "NetlinkBufferSizeMaxGrowth 70000 | | | changed: NetlinkBufferSizeMaxGrowth 0 -> 70000",
        "NetlinkOverrunResync off | | | changed: NetlinkOverrunResync 30 -> 0",
        "NetlinkEventsReliable on | | | needs a restart: NetlinkEventsReliable off -> on",
        "EventIterationLimit 7 | | | changed: EventIterationLimit 100 -> 7",
        "PollSecs 7 | | | needs a restart: PollSecs 0 -> 7",
        "Filter { Protocol Ignore { UDP } } | | | changed: Filter",
        "Scheduler { Type FIFO Priority 5 } | | | changed: Scheduler RR at priority 99 -> FIFO at priority 5",
        "Nice -5 | | | changed: Nice 0 -> -5",
        "Systemd off | | | needs a restart: Systemd on -> off",
        " | ResendQueueSize 7 | | changed: ResendQueueSize 131072 -> 7",
        " | ACKWindowSize 7 | | changed: ACKWindowSize 300 -> 7",
        " | CommitTimeout 7 | | changed: CommitTimeout 0 -> 7",
        " | DisableExternalCache on | | needs a restart: DisableExternalCache off -> on",
        " | StartupResync on | | needs a restart: StartupResync off -> on",
        " | | Options { ExpectationSync on } | needs a restart: ExpectationSync",
    })
    void shouldTellWhatAChangeMeans(String general, String mode, String sync, String line) throws Exception {
        DaemonConfig wanted = with(text(general), text(mode), text(sync));

        ReloadPlan plan = ReloadPlan.of(base(), base(), wanted);

        assertThat(plan.changes()).extracting(ConfigChange::toString).containsExactly(line);
        ConfigChange change = plan.changes().getFirst();
        assertThat(plan.follows(change.option())).isEqualTo(line.startsWith("changed"));
    }

    private static String text(String cell) {
        return cell == null ? "" : cell;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "PurgeTimeout 15 | PurgeTimeout 20 | changed: PurgeTimeout 15 -> 20",
        "TCPWindowTracking off | TCPWindowTracking on | changed: TCPWindowTracking off -> on",
        "Path /tmp/a.ctl | Path /tmp/b.ctl | needs a restart: UNIX Path /tmp/a.ctl -> /tmp/b.ctl",
        "Group 3780 | Group 3781 | changed: dedicated link on lo port 3781 instead of on lo port 3780",
        "Interface lo | Interface lo SndSocketBuffer 9999 "
            + "| changed: dedicated link on lo port 3780 instead of on lo port 3780",
    })
    void shouldTellWhatAnotherValueMeans(String from, String to, String line) throws Exception {
        ReloadPlan plan = ReloadPlan.of(base(), base(), config(BASE.replace(from, to)));

        assertThat(plan.changes()).extracting(ConfigChange::toString).containsExactly(line);
    }

    @Test
    void shouldFindNothingInTheSameFile() throws Exception {
        assertThat(ReloadPlan.of(base(), base(), base()).changes()).isEmpty();
    }

    @Test
    void shouldNameLinksThatComeAndGo() throws Exception {
        DaemonConfig two = config(BASE.replace("Options", second("eth0", 3781, "") + "Options"));

        assertThat(ReloadPlan.of(base(), base(), two).changes()).extracting(ConfigChange::toString)
            .containsExactly("changed: dedicated link on eth0 port 3781 added");
        assertThat(ReloadPlan.of(two, two, base()).changes()).extracting(ConfigChange::toString)
            .containsExactly("changed: dedicated link on eth0 port 3781 removed");
        DaemonConfig preferred = config(BASE.replace("Options", second("eth0", 3781, "Default") + "Options"));
        assertThat(ReloadPlan.of(two, two, preferred).changes()).extracting(ConfigChange::toString)
            .containsExactly("changed: order of the dedicated links");
    }

    @Test
    void shouldLeaveAnotherModeWithAllItsValuesToTheRestart() throws Exception {
        DaemonConfig wanted = config(BASE.replace("FTFW", "NOTRACK").replace("PurgeTimeout 15", "PurgeTimeout 16"));

        ReloadPlan plan = ReloadPlan.of(base(), base(), wanted);

        assertThat(plan.changes()).extracting(ConfigChange::toString).first()
            .isEqualTo("needs a restart: Mode FTFW -> NOTRACK");
        assertThat(plan.to().sync().orElseThrow().mode()).isEqualTo(base().sync().orElseThrow().mode());
    }

    @Test
    void shouldLeaveAnotherTransportToTheRestart() throws Exception {
        DaemonConfig wanted = config(BASE.replace("Multicast", "UDP").replace("Group", "Port")
            .replace("IPv4_interface", "IPv4_Destination_Address").replace("225.0.0.50", "127.0.0.2"));

        ReloadPlan plan = ReloadPlan.of(base(), base(), wanted);

        assertThat(plan.changes()).extracting(ConfigChange::effect).containsOnly(Effect.RESTART);
        assertThat(plan.to().links()).isEqualTo(base().links());
        assertThat(plan.follows(ReloadOption.LINKS)).isFalse();
        assertThat(ReloadPlan.of(base(), plan.to(), wanted).changes()).isEqualTo(plan.changes());
    }

    @Test
    void shouldNameWhatNeedsARestartEachTimeUntilItIsTakenBack() throws Exception {
        DaemonConfig wanted = with("LockFile /tmp/b\nHashLimit 7", "", "");

        ReloadPlan first = ReloadPlan.of(base(), base(), wanted);
        ReloadPlan second = ReloadPlan.of(base(), first.to(), wanted);

        assertThat(first.changes()).hasSize(2);
        assertThat(second.changes()).extracting(ConfigChange::option).containsExactly(ReloadOption.LOCK_FILE);
        assertThat(ReloadPlan.of(base(), second.to(), base()).changes()).extracting(ConfigChange::option)
            .containsExactly(ReloadOption.HASH_LIMIT);
    }

    @Test
    void shouldKnowAnEffectForEveryOption() {
        Set<ReloadOption> live = EnumSet.noneOf(ReloadOption.class);
        for (ReloadOption option : ReloadOption.values()) {
            assertThat(option.word()).isNotBlank();
            if (option.effect() == Effect.LIVE) {
                live.add(option);
            }
        }
        assertThat(live).hasSize(16);
    }
}
