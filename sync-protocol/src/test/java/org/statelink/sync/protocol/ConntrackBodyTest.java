/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;

class ConntrackBodyTest {
    private static final String IPV4 = "000c0000 c6336422 c6336432 ";
    private static final String IPV6 = "00240001 20010db8000100000000000000000002 20010db8000200000000000000000002 ";
    private static final String STATUS = "00080005 0000000e ";
    private static final String TCP = "00050002 06000000 ";
    private static final String UDP = "00050002 11000000 ";
    private static final String PORT = "00080003 04010050 ";

    private final Conntrack flow = new Conntrack();

    @Test
    void shouldRoundTripAttributesThatNoCaptureHas() {
        roundTrip(IPV6 + STATUS + "00050002 21000000 " + PORT + "00050014 04000000 00050015 01000000 "
            + "00240009 20010db8000100000000000000000002 20010db8000200000000000000000009 0005000a 06000000 "
            + "0008000b 4e360015");
        assertThat(flow.protocol().state()).isEqualTo(4);
        assertThat(flow.protocol().role()).isOne();
        assertThat(flow.master().destinationLow()).isEqualTo(9);
        assertThat(flow.master().sourcePort()).isEqualTo(20022);
    }

    @Test
    void shouldWriteSynproxyInTheWiresOwnOrder() {
        roundTrip(IPV4 + STATUS + UDP + PORT + "0010001f 00000001 00000002 00000003");
        assertThat(flow.synproxy().its()).isEqualTo(1);
        assertThat(flow.synproxy().isn()).isEqualTo(2);
        assertThat(flow.synproxy().tsoff()).isEqualTo(3);
    }

    @Test
    void shouldWriteEachSequenceAdjustmentInOrder() {
        roundTrip(IPV4 + STATUS + TCP + PORT
            + "001c0010 00000001 00000002 00000003 00000004 00000005 00000006");
        assertThat(flow.adjustOriginal().offsetAfter()).isEqualTo(3);
        assertThat(flow.adjustReply().correctionPosition()).isEqualTo(4);
        assertThat(flow.adjustReply().offsetBefore()).isEqualTo(5);
        assertThat(flow.adjustReply().offsetAfter()).isEqualTo(6);
    }

    @Test
    void shouldKeepEachWordOfLabels() {
        roundTrip(IPV4 + STATUS + UDP + PORT + "000c001c 00000001 80000000");
        assertThat(flow.labels().word(1)).isEqualTo(1 << 31);
    }

    @Test
    void shouldCarryGreKeysAndUdpLitePortsOnlyWhereTheyAre() {
        roundTrip(IPV4 + STATUS + "00050002 2f000000 " + PORT);
        assertThat(flow.original().sourcePort()).isEqualTo(1025);
        roundTrip(IPV4 + STATUS + "00050002 88000000 " + PORT);
        roundTrip(IPV4 + STATUS + "00050002 2f000000 ");
        roundTrip(IPV4 + STATUS + "00050002 32000000 ");
    }

    @Test
    void shouldTakeAttributesInAnyOrder() {
        decodes("0006001820100000 0005001608000000 00080005 0000000e 0008000c c6336434 00050002 01000000 " + IPV4);
        assertThat(flow.original().icmpId()).isEqualTo(0x1020);
        assertThat(flow.original().icmpType()).isEqualTo(8);
        assertThat(flow.nat().sourceLow()).isEqualTo(0xc6336434L);
    }

    @Test
    void shouldTakeTheLastOfRepeatedAttributes() {
        decodes(IPV4 + UDP + "00080007 00000001 00080007 00000002 " + TCP + "00080003 00010002 " + PORT);
        assertThat(flow.mark()).isEqualTo(2);
        assertThat(flow.original().protocol()).isEqualTo(IpProtocol.TCP);
        assertThat(flow.original().sourcePort()).isEqualTo(1025);
    }

    @Test
    void shouldIgnoreUpToFourTrailingBytes() {
        decodes(IPV4 + TCP + "ff");
        decodes(IPV4 + TCP + "ffffffff");
        decodes(IPV4 + TCP + "00040007");
        refuses(IPV4 + TCP + "ffffffffff", BodyResult.TRUNCATED);
    }

    @Test
    void shouldTellTheZonesOfDirectionsInTheFourTrailingBytes() {
        roundTrip(IPV4 + STATUS + TCP + PORT + "0005 0000");
        assertThat(flow.original().zone()).isEqualTo(5);
        assertThat(flow.reply().zone()).isZero();
        roundTrip(IPV6 + STATUS + UDP + PORT + "00060020 00090000 0000 ffff");
        assertThat(flow.zone()).isEqualTo(9);
        assertThat(flow.original().zone()).isZero();
        assertThat(flow.reply().zone()).isEqualTo(0xffff);
        assertThat(flow.reply().isSet()).isFalse();
        decodes(IPV4 + TCP + "000500");
        assertThat(flow.original().zone()).isZero();
    }

    @Test
    void shouldNotNeedTheLastPadding() {
        decodes(IPV4 + "0005000206");
        decodes(IPV4 + "000500020600");
        assertThat(flow.original().protocol()).isEqualTo(IpProtocol.TCP);
    }

    @Test
    void shouldNotLookAtPadding() {
        decodes(IPV4 + "00050002 06ffffff" + PORT);
        assertThat(flow.original().destinationPort()).isEqualTo(80);
    }

    @Test
    void shouldIgnoreLabelsThatAreNoWords() {
        decodes(IPV4 + TCP + "0009001c 0000000100000000");
        assertThat(flow.has(Field.LABELS)).isFalse();
        decodes(IPV4 + TCP + "0004001c" + PORT);
        assertThat(flow.has(Field.LABELS)).isFalse();
        assertThat(flow.original().sourcePort()).isEqualTo(1025);
    }

    @Test
    void shouldNotSendLabelsOfWhichNoneIsSet() {
        decodes(IPV4 + STATUS + TCP + PORT + "0008001c 00000000");
        assertThat(flow.has(Field.LABELS)).isTrue();
        assertThat(encode()).isEqualTo(hex(IPV4 + STATUS + TCP + PORT));
    }

    @Test
    void shouldTakeLabelsUpToTheMaximum() {
        decodes(IPV4 + TCP + "0404001c" + "80000001".repeat(256));
        assertThat(flow.labels().length()).isEqualTo(256);
        refuses(IPV4 + TCP + "0405001c" + "80000001".repeat(257), BodyResult.TOO_LONG);
    }

    @Test
    void shouldTakeHelpersOfElevenBytesAtMost() {
        roundTrip(IPV4 + STATUS + TCP + PORT + "0010001b 6162636465666768696a6b00");
        assertThat(flow.helper()).hasToString("abcdefghijk");
        refuses(IPV4 + TCP + "0011001b 6162636465666768696a6b6c00000000", BodyResult.TOO_LONG);
        flow.helper().set("abcdefghijkl");
        assertThat(encode()).isEqualTo(hex(IPV4 + STATUS + TCP + PORT));
    }

    @Test
    void shouldTakeHelpersWithoutNulAndNoneThatIsEmpty() {
        decodes(IPV4 + TCP + "0007001b 66747000");
        assertThat(flow.helper()).hasToString("ftp");
        decodes(IPV4 + TCP + "0005001b 00000000");
        assertThat(flow.has(Field.HELPER)).isFalse();
    }

    @Test
    void shouldSendStatusZeroIfUnknown() {
        decodes(IPV4 + TCP + PORT);
        assertThat(flow.has(Field.STATUS)).isFalse();
        assertThat(encode()).isEqualTo(hex(IPV4 + "00080005 00000000" + TCP + PORT));
    }

    @Test
    void shouldIgnoreWhatBelongsToAnotherFamilyOrProtocol() {
        decodes(IPV6 + "00080005 00000000" + UDP + PORT + "0008000c 01020304 00050004 03000000 00050016 08000000");
        assertThat(flow.has(Field.SNAT_ADDRESS)).isFalse();
        assertThat(flow.has(Field.PROTOCOL_STATE)).isFalse();
        assertThat(flow.original().icmpType()).isZero();
        decodes(IPV4 + "00050002 01000000" + PORT + "0005000a 06000000 0008000b 00010002");
        assertThat(flow.original().sourcePort()).isZero();
        assertThat(flow.master().isSet()).isFalse();
    }

    @Test
    void shouldRefuseMalformedAttributes() {
        refuses(IPV4 + TCP + "00030007 00000000", BodyResult.BAD_LENGTH);
        refuses(IPV4 + TCP + "00000007 00000000", BodyResult.BAD_LENGTH);
        refuses(IPV4 + TCP + "00090007 00000000", BodyResult.TRUNCATED);
        refuses(IPV4 + TCP + "00080021 00000000", BodyResult.UNKNOWN_ATTRIBUTE);
        refuses(IPV4 + TCP + "00088000 00000000", BodyResult.UNKNOWN_ATTRIBUTE);
    }

    @Test
    void shouldRefuseEachAttributeOfWrongSize() {
        for (ConntrackAttribute attribute : ConntrackAttribute.values()) {
            if (!attribute.isVariable()) {
                wrongSize(attribute, attribute.payloadLength() + 1);
                wrongSize(attribute, attribute.payloadLength() - 1);
            }
        }
    }

    private void wrongSize(ConntrackAttribute attribute, int payload) {
        refuses(IPV4 + TCP + HexFormat.of().toHexDigits((short) (payload + 4))
            + HexFormat.of().toHexDigits((short) attribute.number()) + "00".repeat(payload + 5), BodyResult.WRONG_SIZE);
    }

    @Test
    void shouldRefuseFlowsWithoutAddressesOrProtocol() {
        refuses("", BodyResult.MISSING_ADDRESS);
        refuses(TCP + PORT, BodyResult.MISSING_ADDRESS);
        refuses(IPV4 + PORT, BodyResult.MISSING_PROTOCOL);
        refuses(IPV6, BodyResult.MISSING_PROTOCOL);
    }

    @Test
    void shouldNotKeepAnythingOfTheFlowBefore() {
        decodes(IPV4 + TCP + "00050019 07000000 0005001a 08000000 00240009" + "11".repeat(32));
        decodes(IPV4 + TCP + "0005001a 09000000");
        assertThat(flow.protocol().windowScaleOriginal()).isZero();
        assertThat(flow.protocol().windowScaleReply()).isEqualTo(9);
        assertThat(flow.master().isSet()).isFalse();
    }

    private void roundTrip(String hex) {
        decodes(hex);
        assertThat(encode()).isEqualTo(hex(hex));
    }

    private void decodes(String hex) {
        assertThat(decode(hex)).isEqualTo(BodyResult.OK);
    }

    /** A refusal leaves the flow alone. */
    private void refuses(String hex, BodyResult result) {
        String before = encodeIfSet();
        assertThat(decode(hex)).as(hex).isEqualTo(result);
        assertThat(encodeIfSet()).isEqualTo(before);
    }

    private BodyResult decode(String hex) {
        ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex(hex)));
        BodyResult result = ConntrackBody.decode(in, flow);
        assertThat(in.readableBytes()).isEqualTo(hex(hex).length() / 2);
        return result;
    }

    private String encodeIfSet() {
        return flow.original().isSet() ? encode() : "";
    }

    private String encode() {
        ByteBuf out = Unpooled.buffer();
        ConntrackBody.encode(flow, out, true, true);
        return ByteBufUtil.hexDump(out);
    }

    private static String hex(String spaced) {
        return spaced.replace(" ", "");
    }
}
