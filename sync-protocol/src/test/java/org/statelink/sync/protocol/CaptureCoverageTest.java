/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;

/** No capture and no message of one is left out: each is decoded and gives its own bytes again. */
class CaptureCoverageTest {
    private static final int CAPTURES = 15;

    private final Conntrack flow = new Conntrack();
    private final Expectation expectation = new Expectation();

    @Test
    void shouldKnowEveryCapture() {
        assertThat(Captures.frames()).extracting(frame -> frame.capture().substring(0, 2)).containsOnly(
            IntStream.rangeClosed(1, CAPTURES).mapToObj("%02d"::formatted).toArray(String[]::new));
    }

    @Test
    void shouldGiveTheBytesOfEveryMessageAgain() {
        ByteBuf out = Unpooled.buffer();
        for (Captures.Message message : Captures.messages()) {
            write(message.content(), out.clear());
            assertThat(ByteBufUtil.hexDump(out)).as("%s %08x", message.capture(), message.sequence())
                .isEqualTo(message.hex());
        }
    }

    private void write(ByteBuf in, ByteBuf out) {
        int type = SyncHeader.type(in, 0);
        int flags = SyncHeader.flags(in, 0);
        int sequence = SyncHeader.sequence(in, 0);
        if (SyncHeader.hasRange(type, flags)) {
            SyncHeader.writeRange(out, flags, sequence, SyncHeader.from(in, 0), SyncHeader.to(in, 0));
            return;
        }
        SyncHeader.write(out, type, flags, SyncHeader.length(in, 0), sequence);
        ByteBuf body = in.skipBytes(SyncHeader.LENGTH).slice();
        if (MessageType.isConntrack(type)) {
            assertThat(ConntrackBody.decode(body, flow)).isEqualTo(BodyResult.OK);
            ConntrackBody.encode(flow, out, true, true);
        } else if (MessageType.isExpectation(type)) {
            assertThat(ExpectBody.decode(body, expectation)).isEqualTo(BodyResult.OK);
            ExpectBody.encode(expectation, out, true);
        }
    }
}
