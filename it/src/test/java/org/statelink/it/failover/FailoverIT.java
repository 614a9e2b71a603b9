/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.failover;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.statelink.it.lab.Flow;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.site.Fault;
import org.statelink.it.lab.site.Firewalls;
import org.statelink.it.lab.site.RoleScript;
import org.statelink.it.lab.site.Site;
import org.statelink.it.lab.site.Streams;
import org.statelink.it.lab.site.Switchover;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * keepalived moves the addresses, and every connection stays the same one: nothing is lost, out of order, reset or
 * translated otherwise. What that takes is printed, and asserted of the best failover of a test. {@link Figures} says
 * what is measured.
 */
@Tag("netns")
@Tag("alone")
@Timeout(300)
class FailoverIT {
    private static final int FAILOVERS = 10;
    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final String SERVER = "203.0.113.1";
    private static final Duration STALL_OF_FEW = Duration.ofMillis(300);
    private static final Duration STALL_OF_MANY = Duration.ofSeconds(1);
    /** Of TCP in either direction, in two seconds. */
    private static final int ARRIVALS = 40;

    @RegisterExtension
    final Lab lab = new Lab();

    private Figures figures;
    private Site site;
    private Firewalls firewalls;

    @BeforeEach
    void build(TestInfo test) {
        figures = new Figures(test.getTestMethod().orElseThrow().getName() + test.getDisplayName());
        site = new Site(lab, Site.SOURCE_NAT_AND_PORTS);
        firewalls = new Firewalls(site);
    }

    /** Faults of every kind befall whoever is master, to and fro. */
    @ParameterizedTest
    @EnumSource(names = {"PRIMARY_BACKUP", "PROMOTE"})
    void shouldKeepEveryStreamThroughTenFailovers(RoleScript script) {
        firewalls.start(Pair.OURS_AND_OURS, script);
        firewalls.fill(idle(FEW));
        Streams streams = site.opensStreams();
        for (int i = 0; i < FAILOVERS; i++) {
            failOver(Fault.values()[i % Fault.values().length], streams);
        }
        assertThat(streams.ends()).containsExactly(Streams.GOOD_END);
        figures.assertBestWithin(STALL_OF_FEW);
    }

    @ParameterizedTest
    @EnumSource(names = {"PRIMARY_BACKUP", "PROMOTE"})
    void shouldKeepEveryStreamAmongOneHundredThousand(RoleScript script) {
        firewalls.start(Pair.OURS_AND_OURS, script);
        firewalls.fill(idle(MANY));
        Streams streams = site.opensStreams();
        failOver(Fault.POWER_CUT, streams);
        failOver(Fault.KEEPALIVED_STOPPED, streams);
        failOver(Fault.KEEPALIVED_STOPPED, streams);
        assertThat(streams.ends()).containsExactly(Streams.GOOD_END);
        figures.assertBestWithin(STALL_OF_MANY);
    }

    @ParameterizedTest
    @EnumSource(names = {"OURS_AND_REFERENCE", "REFERENCE_AND_OURS"})
    @Tag("interop")
    void shouldKeepEveryStreamOfAMixedPair(Pair pair) {
        firewalls.start(pair, RoleScript.PRIMARY_BACKUP);
        Streams streams = site.opensStreams();
        failOver(Fault.POWER_CUT, streams);
        assertThat(streams.ends()).containsExactly(Streams.GOOD_END);
    }

    @AfterEach
    void printFigures() {
        figures.print();
    }

    private void failOver(Fault fault, Streams streams) {
        firewalls.awaitReplication();
        figures.add(firewalls.lose(fault, streams), streams);
        firewalls.mend(fault);
        assertThat(streams.faults()).as("after %s", fault).isEmpty();
    }

    /** The test of the tests: what carries the streams over is nothing else. */
    @Test
    void shouldLoseEveryStreamWithoutReplication() {
        firewalls.startWithoutReplication();
        Streams streams = site.opensStreams();

        Switchover switchover = firewalls.lose(Fault.POWER_CUT);

        site.opensMore().awaitProgress(switchover.tookOver(), ARRIVALS);
        assertThat(streams.aliveSince(switchover.tookOver())).isEmpty();
    }

    /**
     * Connections of which nothing comes any more, all different, as a firewall has them: half of them established, the
     * rest answered, over, or never answered.
     */
    private static List<Flow> idle(int count) {
        return IntStream.range(0, count).mapToObj(i -> {
            String host = "." + (64 + (i >> 16)) + "." + (i >> 8 & 0xff) + "." + (i & 0xff);
            int port = 1024 + i % 60_000;
            return idle(i % 10, "10" + host, port).sourceNat("100" + host, port);
        }).toList();
    }

    private static Flow idle(int kind, String client, int port) {
        return switch (kind) {
            case 0, 1, 2, 3 -> Flow.tcp(client, port, SERVER, 443, Flow.TcpState.ESTABLISHED).assured();
            case 4 -> Flow.udp(client, port, SERVER, 4500).assured();
            case 5, 6 -> Flow.udp(client, port, SERVER, 53).replied();
            case 7, 8 -> Flow.tcp(client, port, SERVER, 80, Flow.TcpState.TIME_WAIT).assured();
            default -> Flow.tcp(client, port, SERVER, 22, Flow.TcpState.SYN_SENT);
        };
    }
}
