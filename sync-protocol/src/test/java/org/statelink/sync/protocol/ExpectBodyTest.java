/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Tuple;

class ExpectBodyTest {
    private static final int ROUNDS = 5_000;

    private final Expectation expectation = new Expectation();
    private final Expectation decoded = new Expectation();
    private final ByteBuf out = Unpooled.buffer();

    private static ByteBuf captured() {
        return Captures.state("13", 0x6b01f0c4).body();
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    private void ipv6() {
        for (Tuple tuple : new Tuple[] {expectation.master(), expectation.expected(), expectation.mask()}) {
            tuple.setIpv6Source(1, 2);
            tuple.setIpv6Destination(3, 4);
            tuple.setProtocol(IpProtocol.TCP);
            tuple.setPorts(5, 6);
        }
    }

    @Test
    void shouldRoundTripIpv6WithoutTheAddressesOfItsTranslation() {
        ipv6();
        expectation.nat().setIpv6Source(7, 8);
        expectation.nat().setProtocol(IpProtocol.TCP);
        expectation.nat().setPorts(9, 10);
        expectation.mark(ExpectationField.NAT);
        expectation.setNatDirection(1);
        ExpectBody.encode(expectation, out, true);
        assertThat(ExpectBody.decode(out, decoded)).isEqualTo(BodyResult.OK);
        assertThat(decoded.master()).isEqualTo(expectation.master());
        assertThat(decoded.expected()).isEqualTo(expectation.expected());
        assertThat(decoded.mask()).isEqualTo(expectation.mask());
        assertThat(decoded.has(ExpectationField.NAT)).isTrue();
        assertThat(decoded.nat().isSet()).isFalse();
        assertThat(decoded.nat().sourcePort()).isEqualTo(9);
        assertThat(decoded.natDirection()).isOne();
    }

    /** The expected flow is a tunnel, whose keys travel as ports since its master has ports. */
    @Test
    void shouldSendPortsByTheProtocolOfTheMaster() {
        ipv6();
        expectation.expected().setProtocol(IpProtocol.GRE);
        ExpectBody.encode(expectation, out, true);
        assertThat(ExpectBody.decode(out, decoded)).isEqualTo(BodyResult.OK);
        assertThat(decoded.expected().sourcePort()).isEqualTo(5);
        expectation.master().setProtocol(IpProtocol.UDPLITE);
        ExpectBody.encode(expectation, out.clear(), true);
        assertThat(ExpectBody.decode(out, decoded)).isEqualTo(BodyResult.OK);
        assertThat(decoded.expected().sourcePort()).isZero();
    }

    @Test
    void shouldLeaveOutNamesThatAPeerWouldRefuse() {
        ipv6();
        expectation.helper().set("twelve-bytes");
        expectation.mark(ExpectationField.HELPER);
        expectation.function().set("a".repeat(28));
        expectation.mark(ExpectationField.FUNCTION);
        ExpectBody.encode(expectation, out, true);
        assertThat(ExpectBody.decode(out, decoded)).isEqualTo(BodyResult.OK);
        assertThat(decoded.has(ExpectationField.HELPER)).isFalse();
        assertThat(decoded.has(ExpectationField.FUNCTION)).isFalse();
    }

    @Test
    void shouldMakeAMaskWhereNoneCame() {
        ByteBuf body = captured();
        ByteBuf without = Unpooled.buffer();
        for (int at = 0; at < body.readableBytes(); at = BodyCheck.next(body, at)) {
            int number = BodyCheck.number(body, at);
            if (number < ExpectAttribute.MASK_IPV4.number() || number > ExpectAttribute.MASK_PORT.number()) {
                without.writeBytes(body, at, BodyCheck.next(body, at) - at);
            }
        }
        assertThat(ExpectBody.decode(without, decoded)).isEqualTo(BodyResult.OK);
        assertThat(decoded.mask().family()).isEqualTo(Tuple.IPV4);
        assertThat(decoded.mask().sourceLow()).isZero();
    }

    @Test
    void shouldRefuseMalformedAttributes() {
        String sound = ByteBufUtil.hexDump(captured());
        assertThat(ExpectBody.decode(hex(sound + "0005001500000000"), decoded))
            .isEqualTo(BodyResult.UNKNOWN_ATTRIBUTE);
        assertThat(ExpectBody.decode(hex(sound + "0007000c00000000"), decoded)).isEqualTo(BodyResult.WRONG_SIZE);
        assertThat(ExpectBody.decode(hex(sound + "0003000c00000000"), decoded)).isEqualTo(BodyResult.BAD_LENGTH);
        assertThat(ExpectBody.decode(hex(sound + "0040001300000000"), decoded)).isEqualTo(BodyResult.TRUNCATED);
        assertThat(ExpectBody.decode(hex(sound + "00110013" + "61".repeat(16)), decoded))
            .isEqualTo(BodyResult.TOO_LONG);
        assertThat(ExpectBody.decode(Unpooled.EMPTY_BUFFER, decoded)).isEqualTo(BodyResult.MISSING_ADDRESS);
        // the master is not told
        assertThat(ExpectBody.decode(hex(sound.substring(sound.indexOf("000c0004"))), decoded))
            .isEqualTo(BodyResult.MISSING_ADDRESS);
        assertThat(decoded.isSet()).as("untouched").isFalse();
    }

    @Test
    void shouldRefuseOrUnderstandWhateverComes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            ByteBuf body = captured().copy();
            for (int i = random.nextInt(4); i >= 0; i--) {
                body.setByte(random.nextInt(body.capacity()), random.nextInt(256));
            }
            body.writerIndex(random.nextInt(body.capacity() + 1));
            if (ExpectBody.decode(body, decoded) == BodyResult.OK) {
                ExpectBody.encode(decoded, out.clear(), true);
                assertThat(out.readableBytes()).as("seed %d", seed).isLessThanOrEqualTo(ExpectBody.MAX_LENGTH);
                String canonical = ByteBufUtil.hexDump(out);
                assertThat(ExpectBody.decode(out, decoded)).as("seed %d", seed).isEqualTo(BodyResult.OK);
                ExpectBody.encode(decoded, out.clear(), true);
                assertThat(ByteBufUtil.hexDump(out)).as("seed %d", seed).isEqualTo(canonical);
            }
        }
    }
}
