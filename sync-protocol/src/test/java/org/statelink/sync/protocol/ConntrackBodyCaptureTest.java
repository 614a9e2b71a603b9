/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Addresses;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;

class ConntrackBodyCaptureTest {
    private final Conntrack flow = new Conntrack();

    @Test
    void shouldGiveTheBytesOfEveryCapturedFlowAgain() {
        ByteBuf out = Unpooled.buffer();
        for (Captures.Message message : Captures.flows()) {
            ByteBuf body = message.body();
            assertThat(ConntrackBody.decode(body, flow)).as(name(message)).isEqualTo(BodyResult.OK);
            assertThat(body.readerIndex()).isZero();
            ConntrackBody.encode(flow, out.clear(), true, true);
            assertThat(ByteBufUtil.hexDump(out)).as(name(message)).isEqualTo(ByteBufUtil.hexDump(body));
        }
        assertThat(Captures.flows()).hasSize(171);
    }

    @Test
    void shouldCoverAllAttributesButThree() {
        Set<ConntrackAttribute> missing = EnumSet.allOf(ConntrackAttribute.class);
        for (Captures.Message message : Captures.flows()) {
            ByteBuf body = message.body();
            for (int at = 0; at < body.readableBytes(); at = BodyCheck.next(body, at)) {
                missing.remove(ConntrackAttribute.at(BodyCheck.number(body, at)));
            }
        }
        assertThat(missing).containsExactly(ConntrackAttribute.MASTER_IPV6, ConntrackAttribute.DCCP_STATE,
            ConntrackAttribute.DCCP_ROLE);
    }

    @Test
    void shouldLeaveOutTimeoutAndWindowScalesOnRequest() {
        decode("02", 0x6b01eadc);
        ByteBuf out = Unpooled.buffer();
        ConntrackBody.encode(flow, out, false, false);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("000c0000c6336422c6336432" + "000800050000000e"
            + "0005000206000000" + "0008000304010050" + "0005000403000000" + "0008000700000007"
            + "0010001f000000000000000000000000");
    }

    @Test
    void shouldReadTcp() {
        decode("02", 0x6b01eadc);
        addresses(flow.original(), Tuple.IPV4, "198.51.100.34", "198.51.100.50");
        ports(flow.original(), IpProtocol.TCP, 1025, 80);
        assertThat(flow.status()).isEqualTo(0xe);
        assertThat(flow.protocol().state()).isEqualTo(3);
        assertThat(flow.has(Field.TCP_WINDOW_SCALE)).isTrue();
        assertThat(flow.timeout()).isEqualTo(100);
        assertThat(flow.mark()).isEqualTo(7);
        assertThat(flow.has(Field.SYNPROXY)).isTrue();
        assertThat(flow.reply().isSet()).isFalse();
    }

    @Test
    void shouldReadIcmpIdentifierSwapped() {
        decode("02", 0x6b01eade);
        icmp(IpProtocol.ICMP, 0x1234, 8);
        decode("02", 0x6b01eae0);
        icmp(IpProtocol.ICMPV6, 0x4d, 128);
        decode("15", 0x6b01f104);
        icmp(IpProtocol.ICMP, 0x1234, 8);
        assertThat(flow.has(Field.SNAT_PORT)).isTrue();
        assertThat(flow.has(Field.DNAT_PORT)).isTrue();
    }

    @Test
    void shouldReadSctpTags() {
        decode("02", 0x6b01eae1);
        ports(flow.original(), IpProtocol.SCTP, 1028, 2905);
        assertThat(flow.protocol().state()).isEqualTo(4);
        assertThat(flow.protocol().vtagOriginal()).isEqualTo(0x04030201);
        assertThat(flow.protocol().vtagReply()).isEqualTo(0x08070605);
    }

    @Test
    void shouldReadTranslationWithPortsSwapped() {
        decode("03", 0x6b01eb1e);
        assertThat(flow.protocol().windowScaleOriginal()).isEqualTo(11);
        assertThat(flow.protocol().windowScaleReply()).isEqualTo(11);
        translated(Tuple.IPV4, "198.51.100.52", 41001, "198.51.100.50", 80);
        assertThat(flow.has(Field.MARK)).isFalse();
    }

    @Test
    void shouldReadTranslationOfIpv6() {
        decode("03", 0x6b01eb1f);
        addresses(flow.original(), Tuple.IPV6, "2001:db8:1::2", "2001:db8:1::1");
        translated(Tuple.IPV6, "2001:db8:2::53", 42009, "2001:db8:2::2", 80);
    }

    @Test
    void shouldReadLabelsMarkZoneAndHelper() {
        decode("04", 0x6b01eb40);
        assertThat(flow.labels().length()).isEqualTo(4);
        assertThat(flow.labels().word(0)).isEqualTo(1 << 3);
        assertThat(flow.mark()).isEqualTo(0x1234);
        decode("04", 0x6b01eb3e);
        assertThat(flow.zone()).isEqualTo(5);
        decode("04", 0x6b01eb42);
        assertThat(flow.helper()).hasToString("ftp");
    }

    @Test
    void shouldReadMaster() {
        decode("05", 0x6b01eb65);
        assertThat(flow.status() & 1).isOne();
        addresses(flow.master(), Tuple.IPV4, "198.51.100.34", "198.51.100.50");
        ports(flow.master(), IpProtocol.TCP, 20022, 21);
    }

    @Test
    void shouldReadSequenceAdjustment() {
        decode("14", 0x6b01f0e1);
        assertThat(flow.adjustOriginal().correctionPosition()).isEqualTo(0x5c8d1e27);
        assertThat(flow.adjustOriginal().offsetBefore()).isZero();
        assertThat(flow.adjustOriginal().offsetAfter()).isOne();
        assertThat(flow.adjustReply().correctionPosition()).isZero();
    }

    private void decode(String capture, int sequence) {
        assertThat(ConntrackBody.decode(Captures.state(capture, sequence).body(), flow)).isEqualTo(BodyResult.OK);
    }

    private void translated(int family, String source, int sourcePort, String destination, int destinationPort) {
        assertThat(Addresses.format(family, flow.nat().sourceHigh(), flow.nat().sourceLow())).isEqualTo(source);
        assertThat(Addresses.format(family, flow.nat().destinationHigh(), flow.nat().destinationLow()))
            .isEqualTo(destination);
        assertThat(flow.nat().sourcePort()).isEqualTo(sourcePort);
        assertThat(flow.nat().destinationPort()).isEqualTo(destinationPort);
        for (Field field : EnumSet.range(Field.SNAT_ADDRESS, Field.DNAT_PORT)) {
            assertThat(flow.has(field)).as(field.name()).isTrue();
        }
    }

    private void icmp(int protocol, int id, int type) {
        assertThat(flow.original().protocol()).isEqualTo(protocol);
        assertThat(flow.original().icmpId()).isEqualTo(id);
        assertThat(flow.original().icmpType()).isEqualTo(type);
        assertThat(flow.original().icmpCode()).isZero();
    }

    private static void addresses(Tuple tuple, int family, String source, String destination) {
        assertThat(tuple.family()).isEqualTo(family);
        assertThat(Addresses.format(family, tuple.sourceHigh(), tuple.sourceLow())).isEqualTo(source);
        assertThat(Addresses.format(family, tuple.destinationHigh(), tuple.destinationLow())).isEqualTo(destination);
    }

    private static void ports(Tuple tuple, int protocol, int source, int destination) {
        assertThat(tuple.protocol()).isEqualTo(protocol);
        assertThat(tuple.sourcePort()).isEqualTo(source);
        assertThat(tuple.destinationPort()).isEqualTo(destination);
    }

    private static String name(Captures.Message message) {
        return message.capture() + ' ' + Integer.toHexString(message.sequence());
    }
}
