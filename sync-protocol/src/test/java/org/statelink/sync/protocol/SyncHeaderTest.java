/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyncHeaderTest {
    private final ByteBuf buffer = Unpooled.buffer();

    @Test
    void shouldWriteAliveWithHello() {
        SyncHeader.write(buffer, MessageType.CONTROL, MessageFlags.ALIVE | MessageFlags.HELLO, 8, 0x6b01eab0);
        assertThat(ByteBufUtil.hexDump(buffer)).isEqualTo("1a3000086b01eab0");
    }

    @Test
    void shouldWriteAcknowledgement() {
        SyncHeader.writeRange(buffer, MessageFlags.ACK, 0x6b01eab4, 0x6b01eab4, 0xf0000001);
        assertThat(ByteBufUtil.hexDump(buffer)).isEqualTo("1a0800106b01eab46b01eab4f0000001");
    }

    @Test
    void shouldOverwriteFlagsLengthAndSequence() {
        SyncHeader.write(buffer, MessageType.CT_DELETE, 0, 0, 0);
        SyncHeader.setFlags(buffer, 0, MessageFlags.HELLO_BACK);
        SyncHeader.setLength(buffer, 0, 0xfffe);
        SyncHeader.setSequence(buffer, 0, -2);
        assertThat(ByteBufUtil.hexDump(buffer)).isEqualTo("1240fffefffffffe");
    }

    /** Every message of every capture: read, written again. */
    @Test
    void shouldGiveTheHeaderOfEveryCapturedMessageAgain() {
        for (Captures.Message message : Captures.messages()) {
            ByteBuf in = message.content();
            rewrite(in);
            assertThat(ByteBufUtil.hexDump(buffer)).isEqualTo(ByteBufUtil.hexDump(in, 0, buffer.readableBytes()));
            assertThat(SyncHeader.version(in, 0)).isEqualTo(SyncHeader.VERSION);
            assertThat(SyncHeader.length(in, 0)).isEqualTo(in.readableBytes());
        }
        assertThat(Captures.messages()).hasSize(326);
    }

    private void rewrite(ByteBuf in) {
        buffer.clear();
        int type = SyncHeader.type(in, 0);
        int flags = SyncHeader.flags(in, 0);
        if (SyncHeader.hasRange(type, flags)) {
            SyncHeader.writeRange(buffer, flags, SyncHeader.sequence(in, 0), SyncHeader.from(in, 0),
                SyncHeader.to(in, 0));
        } else {
            SyncHeader.write(buffer, type, flags, SyncHeader.length(in, 0), SyncHeader.sequence(in, 0));
        }
        assertThat(buffer.readableBytes()).isEqualTo(SyncHeader.lengthOf(type, flags));
    }

    @Test
    void shouldDecideTheRangeByTypeAndFlags() {
        assertThat(SyncHeader.hasRange(MessageType.CONTROL, MessageFlags.RESYNC | MessageFlags.HELLO)).isTrue();
        assertThat(SyncHeader.hasRange(MessageType.CONTROL, MessageFlags.ALIVE | MessageFlags.HELLO)).isFalse();
        assertThat(SyncHeader.hasRange(MessageType.CT_NEW, MessageFlags.ACK)).isFalse();
    }

    @Test
    void shouldNameTypesAndFlags() {
        assertThat(MessageType.nameOf(MessageType.EXP_UPDATE)).isEqualTo("EXP_UPD");
        assertThat(MessageType.nameOf(7)).isEqualTo("type 7");
        assertThat(MessageFlags.format(0x68)).isEqualTo("ACK|HELLO|HELLO_BACK");
        assertThat(MessageFlags.format(0)).isEqualTo("0");
    }

    @Test
    void shouldNameEachCounterOnce() {
        Set<String> labels = new HashSet<>();
        for (SyncCounter counter : SyncCounter.values()) {
            assertThat(labels.add(counter.label())).as(counter.label()).isTrue();
            assertThat(counter.sentence()).isNotBlank().doesNotEndWith(".");
        }
    }
}
