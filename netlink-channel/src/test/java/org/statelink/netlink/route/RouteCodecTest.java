/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.statelink.netlink.codec.NetlinkMessage;
import org.statelink.netlink.codec.NetlinkMessageWriter;

class RouteCodecTest {
    private static final int RUNS = 20_000;

    private final NetlinkMessage message = new NetlinkMessage();

    private static ByteBuf link(InterfaceState state) {
        ByteBuf out = Unpooled.buffer();
        int index = NetlinkMessageWriter.begin(out, RouteMessageType.NEW_LINK, 0, 0, 0);
        RouteCodec.writeLink(out, state);
        NetlinkMessageWriter.end(out, index);
        return out;
    }

    private InterfaceState read(ByteBuf datagram) {
        return message.wrap(datagram, 0, datagram.writerIndex()) ? RouteCodec.readLink(message) : null;
    }

    @Test
    void shouldReadWhatItWrites() {
        for (InterfaceStatus status : InterfaceStatus.values()) {
            InterfaceState state = new InterfaceState(77, "bond0.1234", status);
            assertThat(read(link(state))).isEqualTo(state);
        }
    }

    @Test
    void shouldRefuseAnInterfaceWithoutANameOrAnIndex() {
        assertThat(read(link(new InterfaceState(7, "", InterfaceStatus.RUNNING)))).isNull();
        assertThat(read(link(new InterfaceState(0, "eth0", InterfaceStatus.RUNNING)))).isNull();
        assertThat(read(link(new InterfaceState(7, "sixteen-letters0", InterfaceStatus.RUNNING)))).isNull();
    }

    @Test
    void shouldSurviveAnything() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            ByteBuf datagram = link(new InterfaceState(1 + random.nextInt(9), "eth" + run, InterfaceStatus.RUNNING));
            for (int i = random.nextInt(4); i >= 0; i--) {
                datagram.setByte(random.nextInt(datagram.writerIndex()), random.nextInt(256));
            }
            int end = random.nextInt(datagram.writerIndex() + 1);
            if (message.wrap(datagram, 0, end)) {
                InterfaceState state = RouteCodec.readLink(message);
                assertThat(state == null || state.index() > 0).as("seed %d run %d", seed, run).isTrue();
                assertThat(RouteCodec.readUsableAddress(message)).as("seed %d", seed).isNotNegative();
            }
        }
    }
}
