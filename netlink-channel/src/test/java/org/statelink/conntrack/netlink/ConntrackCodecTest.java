/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.NatMapping;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.Tuple;
import org.statelink.netlink.codec.NetlinkMessage;

/** Messages as the kernel was seen to write them, flows there and back, and damaged messages. */
class ConntrackCodecTest {
    private static final String TUPLES = "34000180"
        + "14000180 08000100 c6336422 08000200 c6336432"
        + "1c000280 05000100 11000000 06000200 00640000 06000300 00c80000"
        + "34000280"
        + "14000180 08000100 c6336432 08000200 c6336422"
        + "1c000280 05000100 11000000 06000200 00c80000 06000300 00640000";

    private final ConntrackDecoder decoder = new ConntrackDecoder();
    private final ConntrackEncoder encoder = new ConntrackEncoder();

    private static ByteBuf hex(String text) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(text.replace(" ", "")));
    }

    private Conntrack decode(String attributes) {
        ByteBuf buffer = hex(attributes);
        Conntrack flow = new Conntrack();
        assertThat(decoder.decode(buffer, 0, buffer.readableBytes(), flow)).isTrue();
        return flow;
    }

    @Test
    void shouldDecodeTheEventOfANewUdpFlow() {
        Conntrack flow = decode(TUPLES + "08000c00 c6cf0ace 08000300 00000008 08000700 0000003c"
            + "1c001880 08000100 00000000 08000200 00000000 08000300 00000000"
            + "08000800 00000055 0c001b00 18ea27db3f785709");
        assertThat(flow.original().family()).isEqualTo(Tuple.IPV4);
        assertThat(flow.original().protocol()).isEqualTo(IpProtocol.UDP);
        assertThat(flow.original().sourceLow()).isEqualTo(0xc6336422L);
        assertThat(flow.original().destinationLow()).isEqualTo(0xc6336432L);
        assertThat(flow.original().sourcePort()).isEqualTo(100);
        assertThat(flow.original().destinationPort()).isEqualTo(200);
        assertThat(flow.reply().sourcePort()).isEqualTo(200);
        assertThat(flow.id()).isEqualTo(0xc6cf0ace);
        assertThat(flow.status()).isEqualTo(Status.CONFIRMED);
        assertThat(flow.timeout()).isEqualTo(60);
        assertThat(flow.mark()).isEqualTo(0x55);
        assertThat(flow.has(Field.SYNPROXY)).isTrue();
        assertThat(flow.has(Field.ZONE)).isFalse();
    }

    @Test
    void shouldDecodeADestroyEvent() {
        Conntrack flow = decode(TUPLES + "08000300 00000208 08000700 0000001e"
            + "1c000980 0c000100 0000000000000003 0c000200 00000000000000ff"
            + "1c000a80 0c000100 0000000000000001 0c000200 0000000000000040"
            + "1c001480 0c000100 18ea27db3f785709 0c000200 18ea27db3f785710");
        assertThat(flow.status()).isEqualTo(Status.CONFIRMED | Status.DYING);
        assertThat(flow.countersOriginal().packets()).isEqualTo(3);
        assertThat(flow.countersOriginal().bytes()).isEqualTo(255);
        assertThat(flow.countersReply().bytes()).isEqualTo(64);
        assertThat(flow.timestampStart()).isEqualTo(0x18ea27db3f785709L);
        assertThat(flow.timestampStop()).isEqualTo(0x18ea27db3f785710L);
    }

    @Test
    void shouldDecodeTcpHelperZoneAndAdjustment() {
        Conntrack flow = decode("30000480 2c000180 05000100 03000000 05000200 07000000 05000300 08000000"
            + "06000400 0b0b0000 06000500 0b0b0000"
            + "0c000580 08000100 66747000 06001200 00050000"
            + "1c000f80 08000100 000003e8 08000200 00000003 08000300 00000005"
            + "1c001080 08000100 000003e9 08000200 00000004 08000300 00000006"
            + "0c001600 0100000000000080");
        assertThat(flow.protocol().state()).isEqualTo(3);
        assertThat(flow.protocol().windowScaleOriginal()).isEqualTo(7);
        assertThat(flow.protocol().windowScaleReply()).isEqualTo(8);
        assertThat(flow.protocol().flagsOriginal()).isEqualTo(0x0b);
        assertThat(flow.protocol().flagsMaskReply()).isEqualTo(0x0b);
        assertThat(flow.helper()).hasToString("ftp");
        assertThat(flow.zone()).isEqualTo(5);
        assertThat(flow.adjustOriginal().correctionPosition()).isEqualTo(1000);
        assertThat(flow.adjustReply().offsetAfter()).isEqualTo(6);
        assertThat(flow.labels().word(0)).isEqualTo(1);
        assertThat(flow.labels().word(1)).isEqualTo(0x80000000);
    }

    @Test
    void shouldNotTakeTheStateOfADestroyEventForScales() {
        Conntrack flow = decode("10000480 0c000180 05000100 03000000");
        assertThat(flow.has(Field.PROTOCOL_STATE)).isTrue();
        assertThat(flow.has(Field.TCP_WINDOW_SCALE)).isFalse();
        assertThat(flow.has(Field.TCP_FLAGS)).isFalse();
    }

    /** As a kernel with flow tables tells it: neither timeout nor mark nor state. */
    @Test
    void shouldDecodeAnOffloadedFlow() {
        Conntrack flow = decode(TUPLES.replace("11000000", "06000000") + "08000c00 c6cf0ace 08000300 0000c00e");
        assertThat(flow.original().protocol()).isEqualTo(IpProtocol.TCP);
        assertThat(flow.status()).isEqualTo(Status.CONFIRMED | Status.ASSURED | Status.SEEN_REPLY | Status.OFFLOAD
            | Status.HW_OFFLOAD);
        assertThat(flow.has(Field.TIMEOUT)).isFalse();
        assertThat(flow.has(Field.MARK)).isFalse();
        assertThat(flow.has(Field.PROTOCOL_STATE)).isFalse();
    }

    /** Top level, tuple, addresses, protocol; state of a protocol that nobody knows; and a status bit. */
    @Test
    void shouldPassOverWhatItDoesNotKnow() {
        Conntrack flow = decode("4c000180 08000900 01020304"
            + "1c000180 08000100 c6336422 08000200 c6336432 08000900 01020304"
            + "24000280 05000100 fd000000 06000a00 00640000 08000b00 00000000 08000c00 00000000"
            + "0800c800 01020304 0400c900 10000480 0c000780 08000100 00000001 0c000580 08000900 00000000"
            + "08000300 00080008");
        assertThat(flow.original().protocol()).isEqualTo(253);
        assertThat(flow.original().sourceLow()).isEqualTo(0xc6336422L);
        assertThat(flow.status()).isEqualTo(0x80000 | Status.CONFIRMED);
        assertThat(flow.has(Field.PROTOCOL_STATE)).isFalse();
        assertThat(flow.has(Field.HELPER)).isFalse();
    }

    @Test
    void shouldKeepOneStringForTheSameSecurityContext() {
        String context = "0c001380 08000100 61626300";
        Conntrack first = decode(context);
        assertThat(first.securityContext()).isEqualTo("abc").isSameAs(decode(context).securityContext());
    }

    @Test
    void shouldEncodeACreateRequest() {
        Conntrack flow = new Conntrack();
        flow.original().setIpv4(0xc6336422, 0xc6336432);
        flow.original().setProtocol(IpProtocol.UDP);
        flow.original().setPorts(100, 200);
        flow.setTimeout(60);
        flow.setStatus(Status.EXPECTED | Status.DYING | Status.ASSURED);
        flow.nat().setSource(0, 0xc6336434L);
        flow.nat().setSourcePort(0xa029);
        flow.mark(Field.SNAT_ADDRESS);
        flow.mark(Field.SNAT_PORT);
        ByteBuf out = Unpooled.buffer();
        encoder.create(out, 0x01020304, flow);
        String expected = "ac000000 0001 0106 04030201 00000000 02000000" + TUPLES
            + "08000300 0000000c"
            + "20000680 08000100 c6336434 14000380 06000100 a0290000 06000200 a0290000"
            + "08000700 0000003c";
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(expected.replace(" ", ""));
    }

    @Test
    void shouldGiveBackWhatACreateRequestWasMadeOf() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        RandomFlows flows = new RandomFlows(seed);
        ByteBuf out = UnpooledByteBufAllocator.DEFAULT.heapBuffer();
        NetlinkMessage message = new NetlinkMessage();
        Conntrack decoded = new Conntrack();
        Conntrack inverse = new Conntrack();
        for (int i = 0; i < 2_000; i++) {
            Conntrack flow = flows.next();
            out.clear();
            encoder.create(out, i, flow);
            assertThat(message.wrap(out, 0, out.writerIndex())).isTrue();
            assertThat(message.payloadEnd()).isEqualTo(out.writerIndex());
            assertThat(decoder.decode(message, decoded)).as("flow %d of seed %d", i, seed).isTrue();
            boolean completeSctp = flow.has(Field.SCTP_VTAG) && flow.has(Field.PROTOCOL_STATE);
            assertThat(decoded.has(Field.SCTP_VTAG)).isEqualTo(completeSctp);
            FlowAssert.assertSame(decoded, flow, Field.STATUS, Field.ID);
            inverse.clear();
            inverse.original().set(flow.original());
            NatMapping.toReply(inverse);
            assertThat(decoded.reply()).isEqualTo(inverse.reply());
        }
        out.release();
    }

    @Test
    void shouldSurviveDamagedMessages() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        RandomFlows flows = new RandomFlows(seed);
        Conntrack decoded = new Conntrack();
        NetlinkMessage message = new NetlinkMessage();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            ByteBuf whole = Unpooled.buffer();
            encoder.create(whole, i, flows.next());
            int length = random.nextBoolean() ? whole.writerIndex() : random.nextInt(whole.writerIndex() + 1);
            // exactly as long as what may be read: any read outside throws
            ByteBuf damaged = Unpooled.copiedBuffer(whole.slice(0, length));
            for (int flips = random.nextInt(8); flips > 0 && length > 0; flips--) {
                int at = random.nextInt(length);
                damaged.setByte(at, damaged.getByte(at) ^ 1 << random.nextInt(8));
            }
            boolean taken = message.wrap(damaged, 0, length) && decoder.decode(message, decoded)
                && decoder.decode(damaged, Math.min(length, 20), length, decoded);
            refused += taken ? 0 : 1;
        }
        assertThat(refused).as("refused of seed %d", seed).isBetween(5_000, 19_000);
    }
}
