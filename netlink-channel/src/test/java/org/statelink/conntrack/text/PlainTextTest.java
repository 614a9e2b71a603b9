/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;

/** Golden lines: what conntrack -L, conntrack -E and conntrackd -i and -e, 1.4.7, printed for these flows. */
class PlainTextTest {
    private static final long NOW = 1_795_294_308;
    private static final TextOptions UTC = TextOptions.PLAIN.withZone(ZoneOffset.UTC);

    private static String text(Conntrack flow, TextOptions options) {
        StringBuilder to = new StringBuilder();
        PlainText.append(to, flow, options, NOW);
        return to.toString();
    }

    private static String text(Conntrack flow) {
        return text(flow, UTC);
    }

    @Test
    void shouldListAsConntrackDoes() {
        assertThat(text(Flows.listed(IpProtocol.UDPLITE, Flows.v4(10, 0, 2, 3), 5353, 53))).isEqualTo(
            "udplite  136 99 src=10.0.2.3 dst=10.1.0.1 sport=5353 dport=53 packets=0 bytes=0 [UNREPLIED] "
                + "src=10.1.0.1 dst=10.0.2.3 sport=53 dport=5353 packets=0 bytes=0 mark=0 delta-time=1 use=1");
        assertThat(text(Flows.icmp())).isEqualTo(
            "icmp     1 99 src=10.0.2.4 dst=10.1.0.1 type=8 code=0 id=77 packets=0 bytes=0 [UNREPLIED] "
                + "src=10.1.0.1 dst=10.0.2.4 type=0 code=0 id=77 packets=0 bytes=0 mark=0 delta-time=1 use=1");
        assertThat(text(Flows.listed(IpProtocol.GRE, Flows.v4(10, 0, 2, 5), 17, 0xffff))).isEqualTo(
            "gre      47 99 src=10.0.2.5 dst=10.1.0.1 srckey=0x11 dstkey=0xffff packets=0 bytes=0 [UNREPLIED] "
                + "src=10.1.0.1 dst=10.0.2.5 srckey=0xffff dstkey=0x11 packets=0 bytes=0 mark=0 delta-time=1 use=1");
        assertThat(text(Flows.listed(50, Flows.v4(10, 0, 2, 7), 0, 0))).isEqualTo(
            "unknown  50 99 src=10.0.2.7 dst=10.1.0.1 packets=0 bytes=0 [UNREPLIED] "
                + "src=10.1.0.1 dst=10.0.2.7 packets=0 bytes=0 mark=0 delta-time=1 use=1");
    }

    @Test
    void shouldListIpv6() {
        Conntrack tcp = Flows.withState(Flows.v6(IpProtocol.TCP), 3);
        tcp.setStatus(Status.CONFIRMED | Status.SEEN_REPLY | Status.ASSURED);
        tcp.setId((int) 2_891_421_378L);
        assertThat(text(tcp, UTC.withId().withExtended())).isEqualTo(
            "ipv6     10 tcp      6 99 ESTABLISHED src=fd00::1 dst=fd00:1::2:0:0:2 sport=1 dport=65535 "
                + "packets=0 bytes=0 src=fd00:1::2:0:0:2 dst=fd00::1 sport=65535 dport=1 packets=0 bytes=0 [ASSURED] "
                + "mark=0 delta-time=1 use=1 id=2891421378");
        assertThat(text(Flows.v6(IpProtocol.ICMPV6))).startsWith(
            "icmpv6   58 99 src=fd00::1 dst=fd00:1::2:0:0:2 type=128 code=0 id=78 packets=0 bytes=0 [UNREPLIED] "
                + "src=fd00:1::2:0:0:2 dst=fd00::1 type=129 code=0 id=78 ");
    }

    @Test
    void shouldShowZones() {
        Conntrack original = Flows.listed(IpProtocol.UDP, Flows.v4(10, 0, 2, 9), 1, 2);
        original.original().setZone(5);
        assertThat(text(original)).contains(" sport=1 dport=2 zone-orig=5 packets=0 bytes=0 [UNREPLIED] src=10.1.0.1 ");
        Conntrack reply = Flows.listed(IpProtocol.UDP, Flows.v4(10, 0, 2, 9), 1, 2);
        reply.reply().setZone(6);
        assertThat(text(reply)).contains(" sport=2 dport=1 zone-reply=6 packets=0 bytes=0 mark=0 ");
        Conntrack both = Flows.listed(89, Flows.v4(10, 0, 2, 8), 0, 0);
        both.setZone(12);
        assertThat(text(both)).endsWith(" mark=0 zone=12 delta-time=1 use=1");
    }

    @Test
    void shouldShowInternalEntriesAsConntrackdDoes() {
        assertThat(text(Flows.translated())).isEqualTo(
            "tcp      6 ESTABLISHED src=10.0.3.1 dst=10.1.0.1 sport=1 dport=21 "
                + "src=8.8.8.8 dst=9.9.9.9 sport=2121 dport=1 [ASSURED] mark=5 zone=3");
    }

    @Test
    void shouldShowExternalEntriesAsConntrackdDoes() {
        assertThat(text(Flows.withState(Flows.external(IpProtocol.SCTP, Flows.v4(10, 0, 1, 4), 1004, 80), 4)))
            .isEqualTo("sctp     132 ESTABLISHED src=10.0.1.4 dst=10.1.0.1 sport=1004 dport=80 [UNREPLIED] mark=0");
        assertThat(text(Flows.external(50, Flows.v4(10, 0, 2, 7), 0, 0)))
            .isEqualTo("unknown  50 src=10.0.2.7 dst=10.1.0.1 [UNREPLIED] mark=0");
    }

    @Test
    void shouldTagEvents() {
        Conntrack flow = Flows.internal(IpProtocol.UDP, Flows.v4(10, 0, 0, 1), 1, 2);
        flow.setTimeout(100);
        flow.setId(819159308);
        TextOptions options = UTC.withId().withExtended().withTimestamps();
        assertThat(text(flow, options.withEvent(EventTag.NEW))).isEqualTo(
            "    [NEW] ipv4     2 udp      17 100 src=10.0.0.1 dst=10.1.0.1 sport=1 dport=2 [UNREPLIED] "
                + "src=10.1.0.1 dst=10.0.0.1 sport=2 dport=1 mark=0 id=819159308");
        assertThat(text(flow, UTC.withEvent(EventTag.UPDATE))).startsWith(" [UPDATE] udp      17 100 ");
        Conntrack end = Flows.listed(IpProtocol.UDP, Flows.v4(10, 0, 0, 6), 1, 2);
        end.forget(Field.MARK);
        end.forget(Field.USE);
        end.setTimestampStart(1_795_294_355_295_516_678L);
        end.setTimestampStop(1_795_294_356_774_434_494L);
        end.setId((int) 2_807_032_663L);
        assertThat(text(end, options.withEvent(EventTag.DESTROY))).isEqualTo(
            "[DESTROY] ipv4     2 udp      17 99 src=10.0.0.6 dst=10.1.0.1 sport=1 dport=2 packets=0 bytes=0 "
                + "[UNREPLIED] src=10.1.0.1 dst=10.0.0.6 sport=2 dport=1 packets=0 bytes=0 delta-time=1 "
                + "[start=Sat Nov 21 20:52:35 2026] [stop=Sat Nov 21 20:52:36 2026] id=2807032663");
    }

    @ParameterizedTest
    @CsvSource({"1795305541519975532,1795305544090442322,3", "1795305542397352862,1795305544090517484,2",
        "1795305543087855373,1795305544090529932,1"})
    void shouldCutBothEndsOfEndedFlows(long start, long stop, long age) {
        Conntrack flow = Flows.internal(IpProtocol.UDP, 1, 1, 2);
        flow.setTimestampStart(start);
        flow.setTimestampStop(stop);
        assertThat(text(flow)).endsWith(" delta-time=" + age);
    }

    @Test
    void shouldNameStates() {
        String[] tcp = {"NONE", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT", "CLOSE_WAIT", "LAST_ACK",
            "TIME_WAIT", "CLOSE", "SYN_SENT2", "NONE"};
        for (int state = 0; state < tcp.length; state++) {
            assertThat(text(Flows.withState(Flows.external(IpProtocol.TCP, 1, 1, 2), state)))
                .startsWith("tcp      6 " + tcp[state] + " src=");
        }
        assertThat(text(Flows.withState(Flows.external(IpProtocol.DCCP, 1, 1, 2), 4))).startsWith("dccp     33 OPEN ");
        assertThat(text(Flows.withState(Flows.external(IpProtocol.SCTP, 1, 1, 2), 255)))
            .startsWith("sctp     132 NONE ");
    }

    @Test
    void shouldShowOffloadInsteadOfAssured() {
        int status = Status.CONFIRMED | Status.SEEN_REPLY | Status.ASSURED | Status.OFFLOAD;
        Conntrack flow = Flows.external(IpProtocol.UDP, 1, 1, 2);
        assertThat(text(Flows.withStatus(flow, status))).endsWith(" dport=2 [OFFLOAD] mark=0");
        assertThat(text(Flows.withStatus(flow, status | Status.HW_OFFLOAD))).endsWith(" dport=2 [HW_OFFLOAD] mark=0");
        flow.forget(Field.STATUS);
        assertThat(text(flow)).endsWith(" dport=2 mark=0");
    }

    @Test
    void shouldShowLabels() {
        Conntrack flow = Flows.listed(IpProtocol.UDP, Flows.v4(10, 0, 0, 3), 1, 2);
        flow.labels().clear(4);
        flow.labels().setWord(0, 1 << 2);
        flow.labels().setWord(3, 1 << 4);
        flow.mark(Field.LABELS);
        flow.setId((int) 2_937_018_669L);
        LabelNames names = label -> label == 2 ? "two" : label == 100 ? "hundred" : null;
        assertThat(text(flow, UTC.withId().withLabels(names))).endsWith(" use=1 id=2937018669 labels=two,hundred");
        assertThat(text(flow, UTC.withId().withLabels(label -> null))).endsWith(" use=1 id=2937018669 labels");
        assertThat(text(flow, UTC.withId())).endsWith(" use=1 id=2937018669");
    }

    @Test
    void shouldShowLargeValuesAsUnsigned() {
        Conntrack flow = Flows.listed(IpProtocol.UDP, Flows.v4(255, 254, 253, 252), 1, 2);
        flow.setMark(-1);
        flow.setUse(-2);
        flow.setTimeout(-3);
        flow.countersOriginal().set(-1, Long.MAX_VALUE);
        assertThat(text(flow)).contains("udp      17 4294967293 src=255.254.253.252 ", " mark=4294967295 ",
            " packets=18446744073709551615 bytes=9223372036854775807 ").endsWith(" use=4294967294");
    }

    @Test
    void shouldShowNamesWithoutLineFeeds() {
        Conntrack flow = Flows.external(IpProtocol.TCP, 1, 1, 2);
        flow.helper().set("ftp\nudp");
        flow.mark(Field.HELPER);
        flow.setSecurityContext("a:b\u0000");
        assertThat(text(flow)).endsWith(" mark=0 secctx=a:b? helper=ftp?udp");
    }

    @Test
    void shouldShowAnEmptyFlow() {
        assertThat(text(new Conntrack())).isEqualTo("unknown  0");
    }
}
