/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;

class ConntrackBodyRandomTest {
    private static final int FLOWS = 20_000;
    private static final int MUTATIONS = 100_000;

    private final Conntrack flow = new Conntrack();
    private final Conntrack copy = new Conntrack();
    private Random random;

    @BeforeEach
    void seed() {
        long seed = Long.getLong("statelink.seed", System.nanoTime());
        System.out.println("seed: -Dstatelink.seed=" + seed);
        random = new Random(seed);
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        ByteBuf bytes = Unpooled.buffer();
        ByteBuf again = Unpooled.buffer();
        for (int i = 0; i < FLOWS; i++) {
            Flows.fill(flow, random);
            ConntrackBody.encode(flow, bytes.clear(), true, true);
            assertThat(bytes.readableBytes()).isLessThanOrEqualTo(ConntrackBody.MAX_LENGTH);
            assertThat(bytes.readableBytes() % 4).isZero();
            assertThat(ConntrackBody.decode(bytes, copy)).isEqualTo(BodyResult.OK);
            Flows.assertSame(copy, flow);
            ConntrackBody.encode(copy, again.clear(), true, true);
            assertThat(again).isEqualTo(bytes);
        }
    }

    /** The buffer is as long as the body, so a read past the end would throw. */
    @Test
    void shouldRefuseOrUnderstandWhateverComes() {
        List<Captures.Message> messages = Captures.flows();
        Map<BodyResult, Integer> results = new EnumMap<>(BodyResult.class);
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < MUTATIONS; i++) {
            ByteBuf body = mutate(messages.get(random.nextInt(messages.size())).body());
            BodyResult result = ConntrackBody.decode(body, flow);
            results.merge(result, 1, Integer::sum);
            if (result == BodyResult.OK) {
                shouldBeStable(body, out);
            }
        }
        System.out.println("results: " + results);
        assertThat(results).containsKeys(BodyResult.OK, BodyResult.BAD_LENGTH, BodyResult.TRUNCATED,
            BodyResult.UNKNOWN_ATTRIBUTE, BodyResult.WRONG_SIZE, BodyResult.MISSING_ADDRESS,
            BodyResult.MISSING_PROTOCOL);
    }

    /** What was understood is the same when it is encoded, decoded and encoded again. */
    private void shouldBeStable(ByteBuf body, ByteBuf out) {
        ConntrackBody.encode(flow, out.clear(), true, true);
        assertThat(ConntrackBody.decode(out, copy)).as(ByteBufUtil.hexDump(body)).isEqualTo(BodyResult.OK);
        ByteBuf again = Unpooled.buffer();
        ConntrackBody.encode(copy, again, true, true);
        assertThat(again).as(ByteBufUtil.hexDump(body)).isEqualTo(out);
    }

    private ByteBuf mutate(ByteBuf body) {
        byte[] bytes = ByteBufUtil.getBytes(body, 0, body.readableBytes(), true);
        for (int n = random.nextInt(4); n >= 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> bytes[at & ~3 | random.nextInt(4)] = (byte) random.nextInt(40);
            }
        }
        int length = random.nextInt(3) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
        return Unpooled.buffer(length, length).writeBytes(bytes, 0, length);
    }
}
