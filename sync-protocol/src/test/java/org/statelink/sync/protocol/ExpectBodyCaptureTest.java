/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Addresses;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;

class ExpectBodyCaptureTest {
    private final Expectation expectation = new Expectation();
    private final ByteBuf out = Unpooled.buffer();

    @Test
    void shouldGiveTheBytesOfEveryCapturedExpectationAgain() {
        Set<String> captures = new TreeSet<>();
        for (Captures.Message message : Captures.expectations()) {
            ByteBuf body = message.body();
            assertThat(ExpectBody.decode(body, expectation)).as(message.capture()).isEqualTo(BodyResult.OK);
            assertThat(body.readerIndex()).isZero();
            ExpectBody.encode(expectation, out.clear(), true);
            assertThat(ByteBufUtil.hexDump(out)).as(message.capture()).isEqualTo(ByteBufUtil.hexDump(body));
            captures.add(message.capture().substring(0, 2));
        }
        assertThat(captures).containsExactly("05", "08", "13", "14");
    }

    @Test
    void shouldCoverAllAttributesOfIpv4() {
        Set<ExpectAttribute> missing = EnumSet.allOf(ExpectAttribute.class);
        for (Captures.Message message : Captures.expectations()) {
            ByteBuf body = message.body();
            for (int at = 0; at < body.readableBytes(); at = BodyCheck.next(body, at)) {
                missing.remove(ExpectAttribute.at(BodyCheck.number(body, at)));
            }
        }
        assertThat(missing).containsExactly(ExpectAttribute.MASTER_IPV6, ExpectAttribute.EXPECT_IPV6,
            ExpectAttribute.MASK_IPV6);
    }

    @Test
    void shouldReadAnActiveFtpTransfer() {
        decode("05", 0x6b01eb62);
        tuple(expectation.master(), "198.51.100.34", 20022, "198.51.100.50", 21);
        tuple(expectation.expected(), "198.51.100.50", 0, "198.51.100.34", 20008);
        tuple(expectation.mask(), "255.255.255.255", 0, "255.255.255.255", 65535);
        assertThat(expectation.timeout()).isEqualTo(300);
        assertThat(expectation.has(ExpectationField.FLAGS)).isTrue();
        assertThat(expectation.flags()).isZero();
        assertThat(expectation.has(ExpectationField.CLASS)).isTrue();
        assertThat(expectation.policyClass()).isZero();
        assertThat(expectation.helper()).hasToString("ftp");
        assertThat(expectation.has(ExpectationField.NAT)).isFalse();
        assertThat(expectation.has(ExpectationField.FUNCTION)).isFalse();
    }

    @Test
    void shouldReadTheSecondExpectationOfAMaster() {
        decode("08", 0x6b01ec55);
        tuple(expectation.expected(), "198.51.100.50", 0, "198.51.100.34", 20009);
    }

    @Test
    void shouldReadATranslatedTransfer() {
        decode("13", 0x6b01f0c4);
        tuple(expectation.expected(), "198.51.100.50", 0, "198.51.100.100", 20008);
        assertThat(expectation.has(ExpectationField.NAT)).isTrue();
        tuple(expectation.nat(), "0.0.0.0", 20008, "0.0.0.0", 0);
        assertThat(expectation.natDirection()).isOne();
        assertThat(expectation.function()).hasToString("nat-follow-master");
        decode("14", 0x6b01f0e2);
        assertThat(expectation.function()).hasToString("nat-follow-master");
    }

    @Test
    void shouldLeaveOutTheTimeoutOnRequest() {
        decode("05", 0x6b01eb62);
        ExpectBody.encode(expectation, out, false);
        assertThat(ByteBufUtil.hexDump(out)).doesNotContain("0008000c").hasSize(2 * (124 - 8 - 8));
    }

    private void decode(String capture, int sequence) {
        assertThat(ExpectBody.decode(Captures.state(capture, sequence).body(), expectation)).isEqualTo(BodyResult.OK);
    }

    private static void tuple(Tuple tuple, String source, int sourcePort, String destination, int destinationPort) {
        assertThat(Addresses.format(Tuple.IPV4, tuple.sourceHigh(), tuple.sourceLow())).isEqualTo(source);
        assertThat(Addresses.format(Tuple.IPV4, tuple.destinationHigh(), tuple.destinationLow()))
            .isEqualTo(destination);
        assertThat(tuple.protocol()).isEqualTo(IpProtocol.TCP);
        assertThat(tuple.sourcePort()).isEqualTo(sourcePort);
        assertThat(tuple.destinationPort()).isEqualTo(destinationPort);
    }
}
