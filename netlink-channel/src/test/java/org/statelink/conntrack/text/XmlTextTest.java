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

/** Golden lines: what conntrack -L -o xml, conntrack -E and conntrackd -i -x and -e -x, 1.4.7, printed. */
class XmlTextTest {
    private static final long NOW = 1_795_294_356;
    private static final TextOptions UTC = TextOptions.PLAIN.withZone(ZoneOffset.UTC);

    private static String text(Conntrack flow, TextOptions options) {
        StringBuilder to = new StringBuilder();
        XmlText.append(to, flow, options, NOW);
        return to.toString();
    }

    private static String text(Conntrack flow) {
        return text(flow, UTC);
    }

    @ParameterizedTest
    @CsvSource({"1795294402888098213,1795294404066491376,1", "1795294407130787021,1795294410266437920,3",
        "1795305541519975532,1795305544090442322,2"})
    void shouldCutTheAgeOfEndedFlows(long start, long stop, long age) {
        Conntrack flow = Flows.internal(IpProtocol.UDP, 1, 1, 2);
        flow.setTimestampStart(start);
        flow.setTimestampStop(stop);
        assertThat(text(flow)).contains("<deltatime>" + age + "</deltatime>");
    }

    @Test
    void shouldShowInternalEntriesAsConntrackdDoes() {
        assertThat(text(Flows.translated())).isEqualTo(
            "<flow><meta direction=\"original\"><layer3 protonum=\"2\" protoname=\"ipv4\"><src>10.0.3.1</src>"
                + "<dst>10.1.0.1</dst></layer3><layer4 protonum=\"6\" protoname=\"tcp\"><sport>1</sport>"
                + "<dport>21</dport></layer4></meta><meta direction=\"reply\">"
                + "<layer3 protonum=\"2\" protoname=\"ipv4\"><src>8.8.8.8</src><dst>9.9.9.9</dst></layer3>"
                + "<layer4 protonum=\"6\" protoname=\"tcp\"><sport>2121</sport><dport>1</dport></layer4></meta>"
                + "<meta direction=\"independent\"><state>ESTABLISHED</state><mark>5</mark><zone>3</zone>"
                + "<id>3627088579</id><assured/></meta></flow>");
    }

    @Test
    void shouldShowExternalEntriesAsConntrackdDoes() {
        Conntrack flow = Flows.v6(IpProtocol.ICMPV6);
        flow.original().setIpv6Destination(0xfd00L << 48, 2);
        flow.reply().clear();
        flow.forget(Field.COUNTERS_ORIGINAL);
        flow.forget(Field.COUNTERS_REPLY);
        flow.forget(Field.TIMEOUT);
        flow.forget(Field.USE);
        flow.forget(Field.TIMESTAMP_START);
        assertThat(text(flow)).isEqualTo(
            "<flow><meta direction=\"original\"><layer3 protonum=\"10\" protoname=\"ipv6\"><src>fd00::1</src>"
                + "<dst>fd00::2</dst></layer3><layer4 protonum=\"58\" protoname=\"icmpv6\"></layer4></meta>"
                + "<meta direction=\"reply\"><layer3 protonum=\"0\" protoname=\"unknown\"><src></src><dst></dst>"
                + "</layer3><layer4 protonum=\"0\" protoname=\"unknown\"></layer4></meta>"
                + "<meta direction=\"independent\"><mark>0</mark><unreplied/></meta></flow>");
    }

    @Test
    void shouldListAsConntrackDoes() {
        Conntrack flow = Flows.listed(IpProtocol.GRE, Flows.v4(10, 0, 2, 5), 17, 0xffff);
        flow.setId(1110664624);
        flow.setTimestampStart(1_795_294_355_900_836_038L);
        assertThat(text(flow, UTC.withTimestamps())).isEqualTo(
            "<flow><meta direction=\"original\"><layer3 protonum=\"2\" protoname=\"ipv4\"><src>10.0.2.5</src>"
                + "<dst>10.1.0.1</dst></layer3><layer4 protonum=\"47\" protoname=\"gre\"><srckey>0x11</srckey>"
                + "<dstkey>0xffff</dstkey></layer4><counters><packets>0</packets><bytes>0</bytes></counters></meta>"
                + "<meta direction=\"reply\"><layer3 protonum=\"2\" protoname=\"ipv4\"><src>10.1.0.1</src>"
                + "<dst>10.0.2.5</dst></layer3><layer4 protonum=\"47\" protoname=\"gre\"><srckey>0xffff</srckey>"
                + "<dstkey>0x11</dstkey></layer4><counters><packets>0</packets><bytes>0</bytes></counters></meta>"
                + "<meta direction=\"independent\"><timeout>99</timeout><mark>0</mark><use>1</use><id>1110664624</id>"
                + "<unreplied/><timestamp><start>1795294355900836038</start></timestamp><deltatime>1</deltatime></meta>"
                + "</flow>");
    }

    @Test
    void shouldShowZones() {
        Conntrack flow = Flows.listed(IpProtocol.UDP, Flows.v4(10, 0, 2, 9), 1, 2);
        flow.original().setZone(5);
        flow.reply().setZone(6);
        flow.setZone(12);
        assertThat(text(flow)).contains("<dport>2</dport></layer4><zone>5</zone><counters>",
            "<dport>1</dport></layer4><zone>6</zone><counters>", "<mark>0</mark><zone>12</zone><use>1</use>");
    }

    @Test
    void shouldShowEvents() {
        Conntrack flow = Flows.listed(IpProtocol.UDP, Flows.v4(10, 0, 0, 6), 1, 2);
        flow.forget(Field.MARK);
        flow.forget(Field.USE);
        flow.setId((int) 2_807_032_663L);
        flow.setTimestampStart(1_795_294_355_295_516_678L);
        flow.setTimestampStop(1_795_294_356_774_434_494L);
        assertThat(text(flow, UTC.withTimestamps().withWhen().withEvent(EventTag.DESTROY)))
            .startsWith("<flow type=\"destroy\"><meta direction=\"original\">").endsWith(
                "<meta direction=\"independent\"><timeout>99</timeout><id>2807032663</id><unreplied/><timestamp>"
                    + "<start>1795294355295516678</start><stop>1795294356774434494</stop></timestamp>"
                    + "<deltatime>1</deltatime></meta><when><hour>20</hour><min>52</min><sec>36</sec><wday>7</wday>"
                    + "<day>21</day><month>11</month><year>2026</year></when></flow>");
        assertThat(text(flow, UTC.withEvent(EventTag.NEW))).startsWith("<flow type=\"new\">");
        assertThat(text(flow, UTC.withEvent(EventTag.UPDATE))).startsWith("<flow type=\"update\">");
    }

    @Test
    void shouldCountWeekdaysFromSunday() {
        StringBuilder to = new StringBuilder();
        XmlText.append(to, new Conntrack(), UTC.withWhen(), NOW + 86_400);
        assertThat(to.toString()).contains("<wday>1</wday><day>22</day>");
    }

    @Test
    void shouldNameStatesOfSctpAsThoseOfTcp() {
        String[] names = {"NONE", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT", "CLOSE_WAIT", "LAST_ACK",
            "TIME_WAIT"};
        for (int state = 0; state < names.length; state++) {
            assertThat(text(Flows.withState(Flows.external(IpProtocol.SCTP, 1, 1, 2), state)))
                .contains("<state>" + names[state] + "</state>");
        }
    }

    @Test
    void shouldShowLabels() {
        Conntrack flow = Flows.listed(IpProtocol.UDP, Flows.v4(10, 0, 0, 3), 1, 2);
        flow.labels().clear(4);
        flow.labels().setWord(0, 1 << 2);
        flow.labels().setWord(3, 1 << 4);
        flow.mark(Field.LABELS);
        LabelNames names = label -> label == 2 ? "two" : label == 100 ? "hundred" : null;
        assertThat(text(flow, UTC.withLabels(names)))
            .contains("<mark>0</mark><labels><label>two</label><label>hundred</label></labels><use>1</use>");
        assertThat(text(flow, UTC.withLabels(label -> null))).contains("<mark>0</mark><labels></labels><use>1</use>");
        assertThat(text(flow)).contains("<mark>0</mark><use>1</use>");
    }

    @Test
    void shouldEscapeNames() {
        Conntrack flow = Flows.withStatus(Flows.external(IpProtocol.TCP, 1, 1, 2), Status.SEEN_REPLY);
        flow.helper().set("</flow>&\n");
        flow.mark(Field.HELPER);
        flow.setSecurityContext("a<b");
        assertThat(text(flow)).endsWith("<mark>0</mark><secctx>a&lt;b</secctx></meta>"
            + "<helper>&lt;/flow&gt;&amp;?</helper></flow>");
    }
}
