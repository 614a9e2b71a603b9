/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.IpProtocol;

/** Lines and elements that Debian's {@code conntrack} printed for the same expectations. */
class ExpectationTextTest {
    private static final int SERVER = 0xc6336432;
    private static final int CLIENT = 0xc6336422;

    private final StringBuilder out = new StringBuilder();

    private static Expectation ipv4(int protocol, int masterProtocol, String helper) {
        Expectation expectation = new Expectation();
        expectation.expected().setIpv4(SERVER, CLIENT);
        expectation.expected().setProtocol(protocol);
        expectation.mask().setIpv4(~0, ~0);
        expectation.mask().setProtocol(protocol);
        expectation.mask().setPorts(0, 65535);
        expectation.master().setIpv4(CLIENT, SERVER);
        expectation.master().setProtocol(masterProtocol);
        expectation.setTimeout(299);
        expectation.setFlags(0);
        expectation.setPolicyClass(0);
        expectation.helper().set(helper);
        expectation.mark(ExpectationField.HELPER);
        return expectation;
    }

    private static Expectation ftp() {
        Expectation expectation = ipv4(IpProtocol.TCP, IpProtocol.TCP, "ftp");
        expectation.expected().setPorts(0, 20008);
        expectation.master().setPorts(20022, 21);
        return expectation;
    }

    private static Expectation gre() {
        Expectation expectation = ipv4(IpProtocol.GRE, IpProtocol.TCP, "pptp");
        expectation.expected().setPorts(5, 77);
        expectation.master().setPorts(20022, 1723);
        return expectation;
    }

    private static Expectation ipv6() {
        Expectation expectation = ftp();
        expectation.expected().setIpv6Source(0x20010db800000000L, 2);
        expectation.expected().setIpv6Destination(0x20010db800000000L, 1);
        expectation.mask().setIpv6Source(~0L, ~0L);
        expectation.mask().setIpv6Destination(~0L, ~0L);
        expectation.master().setIpv6Source(0x20010db800000000L, 1);
        expectation.master().setIpv6Destination(0x20010db800000000L, 2);
        expectation.setFlags(Expectation.PERMANENT);
        return expectation;
    }

    private String plain(Expectation expectation, TextOptions options) {
        out.setLength(0);
        ExpectationText.append(out, expectation, options);
        return out.toString();
    }

    private String xml(Expectation expectation, TextOptions options) {
        out.setLength(0);
        ExpectationXml.append(out, expectation, options, 0);
        return out.toString();
    }

    @Test
    void shouldPrintIpv4() {
        assertThat(plain(ftp(), TextOptions.PLAIN)).isEqualTo("299 proto=6 src=198.51.100.50 dst=198.51.100.34 sport=0 "
            + "dport=20008 mask-src=255.255.255.255 mask-dst=255.255.255.255 sport=0 dport=65535 "
            + "master-src=198.51.100.34 master-dst=198.51.100.50 sport=20022 dport=21 class=0 helper=ftp");
    }

    @Test
    void shouldPrintIpv6AndFlags() {
        Expectation expectation = ipv6();
        String all = "299 proto=6 src=2001:db8::2 dst=2001:db8::1 sport=0 dport=20008 "
            + "mask-src=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff mask-dst=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
            + "sport=0 dport=65535 master-src=2001:db8::1 master-dst=2001:db8::2 sport=20022 dport=21 %s "
            + "class=0 helper=ftp";
        assertThat(plain(expectation, TextOptions.PLAIN)).isEqualTo(all.formatted("PERMANENT"));
        expectation.setFlags(Expectation.PERMANENT | Expectation.INACTIVE | Expectation.USERSPACE);
        assertThat(plain(expectation, TextOptions.PLAIN)).isEqualTo(all.formatted("PERMANENT,INACTIVE,USERSPACE"));
    }

    @Test
    void shouldPrintKeysOfTunnelsAndTheEvent() {
        assertThat(plain(gre(), TextOptions.PLAIN.withEvent(EventTag.DESTROY))).isEqualTo("[DESTROY] 299 proto=47 "
            + "src=198.51.100.50 dst=198.51.100.34 srckey=0x5 dstkey=0x4d mask-src=255.255.255.255 "
            + "mask-dst=255.255.255.255 srckey=0x0 dstkey=0xffff master-src=198.51.100.34 master-dst=198.51.100.50 "
            + "sport=20022 dport=1723 class=0 helper=pptp");
    }

    @Test
    void shouldLeaveOutWhatIsNotKnown() {
        Expectation expectation = ipv4(51, IpProtocol.UDP, "");
        expectation.master().setPorts(20022, 69);
        expectation.forget(ExpectationField.TIMEOUT);
        expectation.forget(ExpectationField.CLASS);
        expectation.forget(ExpectationField.HELPER);
        expectation.setZone(5);
        assertThat(plain(expectation, TextOptions.PLAIN)).isEqualTo("proto=51 src=198.51.100.50 dst=198.51.100.34 "
            + "mask-src=255.255.255.255 mask-dst=255.255.255.255 master-src=198.51.100.34 master-dst=198.51.100.50 "
            + "sport=20022 dport=69 zone=5");
    }

    @Test
    void shouldWriteXml() {
        assertThat(xml(gre(), TextOptions.PLAIN)).isEqualTo("<flow><layer3 protonum=\"2\" protoname=\"ipv4\"><expected>"
            + "<src>198.51.100.50</src><dst>198.51.100.34</dst></expected><mask><src>255.255.255.255</src>"
            + "<dst>255.255.255.255</dst></mask><master><src>198.51.100.34</src><dst>198.51.100.50</dst></master>"
            + "</layer3><layer4 protonum=\"47\" protoname=\"gre\"><expected><srckey>0x5</srckey><dstkey>0x4d</dstkey>"
            + "</expected><mask><srckey>0x0</srckey><dstkey>0xffff</dstkey></mask><master><sport>20022</sport>"
            + "<dport>1723</dport></master></layer4><meta><helper-name>pptp</helper-name><timeout>299</timeout>"
            + "<class>0</class></meta></flow>");
    }

    @Test
    void shouldWriteFlagsAndTimeInXml() {
        Expectation expectation = ipv6();
        expectation.setFlags(Expectation.PERMANENT | Expectation.INACTIVE);
        assertThat(xml(expectation, TextOptions.PLAIN.withWhen().withEvent(EventTag.NEW).withZone(ZoneOffset.UTC)))
            .startsWith("<flow type=\"new\"><layer3 protonum=\"10\" protoname=\"ipv6\">")
            .endsWith("<class>0</class><when><hour>0</hour><min>00</min><sec>00</sec><wday>5</wday><day>1</day>"
                + "<month>1</month><year>1970</year></when><permanent/><inactive/></meta></flow>");
    }
}
