/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.statelink.sync.protocol.Captures;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;

class MessageSplitterTest {
    private static final InetSocketAddress SENDER = new InetSocketAddress("198.51.100.1", 3780);
    private static final String ALIVE_1 = "1a100008 00000001 ";
    private static final String ALIVE_2 = "1a100008 00000002 ";
    private static final String ACK_3 = "1a080010 00000003 00000001 00000002 ";

    private final SyncCounters counters = new SyncCounters();
    private final MessageSplitter splitter = new MessageSplitter(counters);
    private final Received received = new Received();

    @Test
    void shouldSplitAllMessages() {
        datagram(ALIVE_1 + "10200010 00000005 00050002 06000000" + ACK_3);
        assertThat(received.messages).containsExactly(
            new Received.Copy(10, 0x10, 8, 1, 0, 0, "", SENDER),
            new Received.Copy(0, 0x20, 16, 5, 0, 0, "0005000206000000", SENDER),
            new Received.Copy(10, 0x08, 16, 3, 1, 2, "", SENDER));
        refused(0, Map.of());
    }

    @Test
    void shouldTakeMessagesWhateverTheirAlignment() {
        datagram("10000009 00000005 ff" + ALIVE_1);
        assertThat(received.sequences()).containsExactly(5, 1);
        assertThat(received.messages.getFirst().body()).isEqualTo("ff");
    }

    @Test
    void shouldPassTypesAndFlagsThatItDoesNotKnow() {
        datagram("1f000008 00000001 13ff0008 00000002 1a000008 00000003");
        assertThat(received.sequences()).containsExactly(1, 2, 3);
        refused(0, Map.of());
    }

    @Test
    void shouldIgnoreAnEmptyDatagram() {
        datagram("");
        refused(0, Map.of());
    }

    @Test
    void shouldCountBytesThatAreNoHeader() {
        datagram(ALIVE_1 + "1a1000");
        assertThat(received.sequences()).containsExactly(1);
        refused(1, Map.of(SyncCounter.TRUNCATED, 1));
    }

    @Test
    void shouldDropTheRestAfterLengthZero() {
        datagram(ALIVE_1 + "1a100000 00000009" + ALIVE_2);
        assertThat(received.sequences()).containsExactly(1);
        refused(1, Map.of(SyncCounter.BAD_SIZE, 1));
    }

    @Test
    void shouldDropWhatIsLongerThanTheDatagram() {
        datagram(ALIVE_1 + "10000011 00000009 00050002 06000000");
        assertThat(received.sequences()).containsExactly(1);
        refused(1, Map.of(SyncCounter.BAD_SIZE, 1));
    }

    @Test
    void shouldCountARangeThatIsNotThereAsTruncated() {
        for (String flag : new String[] {"02", "04", "08"}) {
            datagram("1a" + flag + "000c 00000009 00000001");
        }
        assertThat(received.messages).isEmpty();
        refused(3, Map.of(SyncCounter.TRUNCATED, 3));
    }

    @Test
    void shouldDropTheRestAfterARangeThatDoesNotFitItsLength() {
        datagram("1a08000c 00000009 00000001" + ALIVE_1);
        assertThat(received.messages).isEmpty();
        refused(1, Map.of(SyncCounter.BAD_SIZE, 1));
    }

    @Test
    void shouldDropTheRestAfterALengthBelowTheHeader() {
        datagram("10000007 00000009" + ALIVE_1);
        assertThat(received.messages).isEmpty();
        refused(1, Map.of(SyncCounter.BAD_SIZE, 1));
    }

    @Test
    void shouldSkipOtherVersionsAndGoOn() {
        datagram("20000010 00000009 00050002 06000000" + ALIVE_1 + "0a080010 00000003 00000001 00000002" + ALIVE_2);
        assertThat(received.sequences()).containsExactly(1, 2);
        refused(2, Map.of(SyncCounter.WRONG_VERSION, 2));
    }

    @Test
    void shouldCheckTheSizeBeforeTheVersion() {
        datagram("20000007 00000009");
        refused(1, Map.of(SyncCounter.BAD_SIZE, 1));
    }

    @Test
    void shouldUseUpTheDatagramWhateverItsListenerDoes() {
        ByteBuf in = bytes(ALIVE_1 + ALIVE_2);
        splitter.splitDatagram(in, SENDER, message -> message.body().setIndex(0, 0));
        assertThat(in.isReadable()).isFalse();
        splitter.splitDatagram(bytes(ALIVE_1 + ALIVE_2), SENDER, received);
        assertThat(received.sequences()).containsExactly(1, 2);
    }

    @Test
    void shouldKeepTheBytesOfAnIncompleteMessageOfAStream() {
        String stream = ALIVE_1 + ACK_3 + "10000010 00000004 00050002 06000000" + ALIVE_2;
        ByteBuf all = bytes(stream);
        ByteBuf in = Unpooled.buffer();
        while (all.isReadable()) {
            in.writeByte(all.readByte());
            assertThat(splitter.splitStream(in, SENDER, received)).isTrue();
        }
        assertThat(in.isReadable()).isFalse();
        assertThat(received.sequences()).containsExactly(1, 3, 4, 2);
        refused(0, Map.of());
    }

    @Test
    void shouldGiveUpAStreamThatCannotBeSplit() {
        ByteBuf in = bytes(ALIVE_1 + "10000007 00000009" + ALIVE_2);
        assertThat(splitter.splitStream(in, SENDER, received)).isFalse();
        assertThat(in.isReadable()).isFalse();
        assertThat(received.sequences()).containsExactly(1);
        refused(1, Map.of(SyncCounter.BAD_SIZE, 1));
    }

    @Test
    void shouldSplitEveryCapturedDatagram() {
        for (Captures.Frame frame : Captures.frames()) {
            splitter.splitDatagram(frame.content(), SENDER, received);
        }
        assertThat(received.sequences()).isEqualTo(
            Captures.messages().stream().map(Captures.Message::sequence).toList());
        assertThat(received.messages).hasSize(326);
        refused(0, Map.of());
    }

    private void datagram(String hex) {
        ByteBuf in = bytes(hex);
        splitter.splitDatagram(in, SENDER, received);
        assertThat(in.isReadable()).isFalse();
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** Exactly these counters moved, and the total. */
    private void refused(long total, Map<SyncCounter, Integer> kinds) {
        Map<SyncCounter, Integer> moved = new EnumMap<>(SyncCounter.class);
        for (SyncCounter counter : SyncCounter.values()) {
            if (counter != SyncCounter.MALFORMED && counters.get(counter) != 0) {
                moved.put(counter, (int) counters.get(counter));
            }
        }
        assertThat(moved).isEqualTo(kinds);
        assertThat(counters.get(SyncCounter.MALFORMED)).isEqualTo(total);
    }
}
