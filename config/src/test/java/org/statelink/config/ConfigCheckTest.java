/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check says beyond what a reader says. */
class ConfigCheckTest {
    @TempDir
    private Path directory;

    @Test
    void shouldBeContentWithAGoodFile() throws IOException {
        ConfigCheck.Report report = check(new Host(), """
            General { UNIX { Path /run/x.ctl
            } }
            Sync { Mode FTFW { }
            UDP { IPv4_address 10.0.0.1 IPv4_Destination_Address 10.0.0.2 Port 3780 Interface eth1 } }
            """);
        assertThat(report.diagnostics()).isEmpty();
        assertThat(report.isUsable()).isTrue();
        assertThat(report.render()).isEqualTo("""
            replicates in mode FTFW over UDP
              link 1 (used first): eth1, 10.0.0.1 port 3780 to 10.0.0.2
            control socket /run/x.ctl, lock file /var/lock/conntrackd.lock, log to nowhere
            at most 262144 objects in a cache, kernel events
            flows: all
            """);
    }

    @Test
    void shouldTellOfMetricsThatAnybodyCanRead() throws IOException {
        String file = "statelink.metrics.listen = \"%s\"";
        assertThat(messages(new Host(), file.formatted("127.0.0.1:9466")))
            .noneMatch(each -> each.contains("metrics are told"));
        assertThat(messages(new Host(), file.formatted("192.0.2.1:9466")))
            .anyMatch(each -> each.contains("metrics are told to whoever reaches 192.0.2.1:9466"));
        assertThat(check(new Host(), file.formatted("[::1]:9466")).render())
            .contains("metrics and health on http://[::1]:9466/\n");
    }

    @Test
    void shouldShowWhereAMistakeIs() throws IOException {
        ConfigCheck.Report report = check(new Host(), "General {\n  Filter { Protocl Accept { TCP } }\n}\nSinc { }\n");
        String file = directory.resolve("checked.conf").toString();
        assertThat(report.isUsable()).isFalse();
        assertThat(report.render()).isEqualTo(file
            + ":2:12: unknown word 'Protocl' in Filter; did you mean 'Protocol'?\n"
            + "      Filter { Protocl Accept { TCP } }\n"
            + "               ^~~~~~~\n" + file
            + ":4:1: unknown word 'Sinc' in the outermost level; did you mean 'Sync'?\n"
            + "    Sinc { }\n"
            + "    ^~~~\n");
    }

    @Test
    void shouldFindWhatKeepsADaemonFromStarting() throws IOException {
        assertThat(messages(new Host(), "Sync { Mode ALARM { } }"))
            .anyMatch(each -> each.contains("no dedicated link"));
        assertThat(messages(new Host(), """
            Sync { Mode FTFW { }
              Multicast { IPv4_address 10.0.0.9 }
              Multicast { IPv4_address 225.0.0.1 Interface a IPv4_interface 10.0.0.1 Group 5 }
              Multicast { IPv4_address 225.0.0.1 Interface a IPv4_interface 10.0.0.1 Group 5 }
            }
            """)).anyMatch(each -> each.endsWith(":2:28: link 1: 10.0.0.9 is no multicast address"))
            .anyMatch(each -> each.contains("link 1 has no IPv4_interface"))
            .anyMatch(each -> each.contains("link 1 names no Interface"))
            .anyMatch(each -> each.contains("link 1 has no port"))
            .anyMatch(each -> each.contains("links 2 and 3 use one group, 225.0.0.1 port 5"))
            .anyMatch(each -> each.contains("links 2 and 3 share the interface a"));
        assertThat(messages(new Host(), """
            Sync { Mode FTFW { }
              UDP { Interface a Port 5 IPv4_address 10.0.0.1 IPv4_Destination_Address 10.0.0.1 }
              UDP Default { Interface b Port 5 IPv4_address 10.0.0.1 IPv6_Destination_Address fd00::1 }
              UDP Default { Interface c Port 6 IPv4_address 10.0.0.2 }
            }
            """)).anyMatch(each -> each.contains("link 1: the destination is this node's own address"))
            .anyMatch(each -> each.contains("links 1 and 2 receive on one address"))
            .anyMatch(each -> each.contains("10.0.0.1 and fd00::1 are of different address families"))
            .anyMatch(each -> each.contains("link 3 has no destination"))
            .anyMatch(each -> each.contains("several links are marked Default"));
    }

    @Test
    void shouldFindContradictions() throws IOException {
        assertThat(messages(new Host(), """
            General { PollSecs 5 NetlinkEventsReliable on NetlinkBufferSize 5
              Scheduler { Type RR }
              Filter From Kernelspace { Protocol Accept { UDP } State Accept { LISTEN for TCP } }
            }
            Sync { Mode ALARM { CacheTimeout 10 RefreshTime 20 } }
            """)).anyMatch(each -> each.contains(":1: warning") || each.contains("no control socket"))
            .anyMatch(each -> each.contains("the kernel refuses real-time priority 0"))
            .anyMatch(each -> each.contains("a filter in the kernel sees events only"))
            .anyMatch(each -> each.contains("NetlinkEventsReliable says nothing"))
            .anyMatch(each -> each.contains(":1:47: warning: NetlinkBufferSize is greater"))
            .anyMatch(each -> each.contains("the filter by TCP state says nothing"))
            .anyMatch(each -> each.contains("CacheTimeout 10 is not above RefreshTime 20"));
        assertThat(messages(new Host(), "Sync { Mode FTFW { ACKWindowSize 500 ResendQueueSize 100 } }"))
            .anyMatch(each -> each.contains("ACKWindowSize 500 is above ResendQueueSize 100"));
        assertThat(messages(new Host(), "Stats { }")).anyMatch(each -> each.contains("logged nowhere"));
        assertThat(messages(new Host(), "Helper { Type ftp inet tcp { } Type sane inet tcp { } }"))
            .anyMatch(each -> each.contains("ftp and sane share queue 0"));
    }

    @Test
    void shouldCompareWithTheHost() throws IOException {
        Host host = new Host() {
            @Override
            public boolean hasAddress(InetAddress address) {
                return false;
            }

            @Override
            public OptionalLong sysctl(String name) {
                return OptionalLong.of(name.equals("net.netfilter.nf_conntrack_max") ? 300000 : 212992);
            }
        };
        assertThat(messages(host, """
            General { NetlinkBufferSize 400000 NetlinkBufferSizeMaxGrowth 400000 }
            Sync { Mode FTFW { }
              UDP { Interface nosuchdevice Port 5 IPv4_address 10.0.0.1 IPv4_Destination_Address 10.0.0.2
                SndSocketBuffer 500000 RcvSocketBuffer 600000 } }
            """)).anyMatch(each -> each.endsWith("warning: nosuchdevice is an invalid interface"))
            .anyMatch(each -> each.contains(":3:52: warning: link 1: no interface of this host has the address"))
            .anyMatch(each -> each.contains("HashLimit 262144 is below this kernel's nf_conntrack_max 300000"))
            .anyMatch(each -> each.contains("NetlinkBufferSize 400000 is beyond net.core.rmem_max 212992"))
            .anyMatch(each -> each.contains("SndSocketBuffer 500000 is beyond net.core.wmem_max 212992"))
            .anyMatch(each -> each.contains("RcvSocketBuffer 600000 is beyond net.core.rmem_max 212992"));
    }

    @Test
    void shouldFindTheNearestWord() {
        assertThat(Suggestions.nearest("Hashlimt", Words.GENERAL)).contains("HashLimit");
        assertThat(Suggestions.nearest("hashsize", Words.GENERAL)).contains("HashSize");
        assertThat(Suggestions.nearest("LogFlie", Words.GENERAL)).contains("LogFile");
        assertThat(Suggestions.nearest("Banana", Words.GENERAL)).isEmpty();
        assertThat(Suggestions.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Suggestions.distance("ab", "ba")).isEqualTo(1);
    }

    @Test
    void shouldKnowThisHost() {
        Environment host = Environment.host();
        assertThat(host.hasInterface("lo")).isTrue();
        assertThat(host.hasInterface("nosuchdevice")).isFalse();
        assertThat(host.sysctl("net.core.rmem_max")).isNotEmpty();
        assertThat(host.sysctl("net.core.nosuchsetting")).isEmpty();
        assertThat(host.hasAddress(AddressText.ipv4("127.0.0.1"))).isTrue();
        assertThat(host.hasAddress(AddressText.ipv4("198.18.255.254"))).isFalse();
    }

    private List<String> messages(Environment environment, String text) throws IOException {
        return check(environment, text).diagnostics().stream().map(Diagnostic::toString).toList();
    }

    private ConfigCheck.Report check(Environment environment, String text) throws IOException {
        return ConfigCheck.check(Files.writeString(directory.resolve("checked.conf"), text), environment);
    }

    private static class Host extends Fixtures.Host {
    }
}
