/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.statelink.it.lab.Daemon;
import org.statelink.it.lab.Eventually;
import org.statelink.it.lab.Expected;
import org.statelink.it.lab.ExpectedText;
import org.statelink.it.lab.Lab;
import org.statelink.it.lab.Pair;
import org.statelink.it.lab.Program;
import org.statelink.it.lab.site.FtpSession;
import org.statelink.it.lab.site.Site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.it.Tables.assertSame;

/** What helpers of one node expect, the other one expects after a failover. */
@Tag("netns")
@Tag("interop")
@Timeout(180)
class ExpectationIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<Expected> EXPECTED = Expected.ofEveryKind();

    @RegisterExtension
    final Lab lab = new Lab();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldCarryExpectationsOfEveryKind(Pair pair) {
        start(pair, "ExpectationSync on");
        expectOnNode1();
        SortedSet<String> lost = lab.node1().kernel().expectations();
        assertThat(lost).hasSize(EXPECTED.size());
        Daemon backup = lab.node2().daemon();
        SortedSet<String> shown = lab.node1().kernel().expectationsAsShown();
        SortedSet<String> xml = lab.node1().kernel().expectationsAsShown("-o", "xml");
        assertSame("-i expect of node 1", lines(lab.node1().daemon(), "-i", "expect"), shown);
        assertSame("-e expect of node 2", lines(backup, "-e", "expect"), shown);
        assertSame("-i expect -x of node 1", lines(lab.node1().daemon(), "-i", "expect", "-x"), xml);
        assertSame("-e expect -x of node 2", lines(backup, "-e", "expect", "-x"), xml);

        lab.node1().daemon().kill();
        assertThat(backup.referenceClient("-c").status()).isZero();

        if (pair.second() == Program.OURS) {
            assertSame("kernel of node 2", lab.node2().kernel().expectations(), lost);
        } else {
            // conntrackd commits without class and translation, so that those of one master push each other out
            Eventually.within(SOON, () ->
                assertThat(lab.node2().kernel().expectations()).hasSize(EXPECTED.size() - 2));
        }
    }

    private void start(Pair pair, String options) {
        lab.node1().start(pair.first(), lab.node1().config().options(options));
        lab.node2().start(pair.second(), lab.node2().config().options(options));
        lab.awaitGreeting();
    }

    private void expectOnNode1() {
        lab.node1().kernel().create(Expected.mastersOf(EXPECTED), 0);
        lab.node1().kernel().expect(EXPECTED);
        Eventually.within(SOON, () ->
            assertThat(lines(lab.node2().daemon(), "-e", "expect")).hasSize(EXPECTED.size()));
    }

    private static SortedSet<String> lines(Daemon daemon, String... command) {
        return daemon.referenceClient(command).output().lines().map(ExpectedText::withoutTimes)
            .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldCountAsTheReferenceDoes() throws Exception {
        List<String> reference = counted(Pair.REFERENCE_AND_REFERENCE);
        lab.renew();
        assertThat(counted(Pair.OURS_AND_OURS)).isEqualTo(reference);
    }

    /** The caches' blocks of -s expect after each of some commands. */
    private List<String> counted(Pair pair) {
        start(pair, "ExpectationSync on");
        expectOnNode1();
        Daemon first = lab.node1().daemon();
        Daemon second = lab.node2().daemon();
        List<String> counted = new ArrayList<>(List.of(caches(first), caches(second)));
        first.referenceClient("-R", "expect");
        counted.add(caches(first));
        first.referenceClient("-F", "expect");
        Eventually.within(SOON, () -> assertThat(lines(first, "-i", "expect")).isEmpty());
        counted.add(caches(first));
        second.referenceClient("-f");
        counted.add(caches(first));
        counted.add(caches(second));
        counted.addAll(first.referenceClient("-s", "runtime").output().lines()
            .filter(line -> line.contains("kernel table")).toList());
        return counted;
    }

    private static String caches(Daemon daemon) {
        String answer = daemon.referenceClient("-s", "expect").output();
        return answer.substring(0, answer.indexOf("traffic processed"));
    }

    @Test
    void shouldCarryExpectationsOfTheListedHelpersOnly() {
        start(Pair.OURS_AND_OURS, "ExpectationSync { sip }");
        lab.node1().kernel().create(Expected.mastersOf(EXPECTED), 0);
        lab.node1().kernel().expect(EXPECTED);
        Eventually.within(SOON, () ->
            assertThat(lines(lab.node2().daemon(), "-e", "expect")).hasSize(3).allMatch(l -> l.contains("sip")));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFERENCE_AND_REFERENCE")
    void shouldLetAnAnnouncedTransferThroughAfterTheFailover(Pair pair) {
        assertThat(transferAfterFailover(pair, "ExpectationSync on", Site.NO_NAT)).isEqualTo(FtpSession.COMPLETE);
    }

    /** conntrackd forgets the translation of what it commits, so it is not asked to. */
    @ParameterizedTest
    @EnumSource(names = {"OURS_AND_OURS", "REFERENCE_AND_OURS"})
    void shouldTranslateAnAnnouncedTransferAfterTheFailover(Pair pair) {
        assertThat(transferAfterFailover(pair, "ExpectationSync on", Site.SOURCE_NAT)).isEqualTo(FtpSession.COMPLETE);
    }

    /** The test of the tests: without expectations the firewall does its duty. */
    @Test
    void shouldNotLetATransferThroughOfWhichNothingIsKnown() {
        assertThat(transferAfterFailover(Pair.OURS_AND_OURS, "ExpectationSync off", Site.NO_NAT)).startsWith("failed");
    }

    private String transferAfterFailover(Pair pair, String options, String translation) {
        Site site = new Site(lab, translation);
        start(pair, options);
        site.routeThrough(lab.node1());
        FtpSession session = site.ftp();
        session.announce();
        awaitReplication(options);
        lab.node1().daemon().kill();
        site.withdraw(lab.node1());
        site.routeThrough(lab.node2());
        assertThat(lab.node2().daemon().referenceClient("-c").status()).isZero();
        return session.transfer();
    }

    private void awaitReplication(String options) {
        int expected = options.endsWith("on") ? 1 : 0;
        Eventually.within(SOON, () -> {
            assertThat(lab.node1().kernel().expectations()).hasSize(1);
            assertThat(lab.node2().daemon().externalCache()).anyMatch(flow -> flow.contains("helper=ftp"));
            assertThat(lines(lab.node2().daemon(), "-e", "expect")).hasSize(expected);
        });
    }
}
