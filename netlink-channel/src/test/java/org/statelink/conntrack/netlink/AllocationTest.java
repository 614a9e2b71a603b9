/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.netlink.codec.NetlinkMessageDecoder;

/** The road from a datagram to the listener, and from a flow to a request, leaves no garbage. */
class AllocationTest {
    private static final int ROUNDS = 20_000;
    /** Far below one byte per round, which no allocation could stay under. */
    private static final long NOISE = 4_096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int events;

    private final class Counter implements ConntrackEventListener {
        @Override
        public void onEvent(ConntrackEventType type, int portId, Conntrack flow) {
            events += flow.original().sourcePort() > 0 ? 1 : 0;
        }

        @Override
        public void onReadComplete() {
            // nothing to transmit
        }

        @Override
        public void onOverrun() {
            throw new AssertionError("nothing overran");
        }
    }

    private long allocated(Runnable round) {
        for (int i = 0; i < 2_000; i++) {
            round.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void shouldNotAllocatePerEvent() {
        EmbeddedChannel channel = new EmbeddedChannel(new NetlinkMessageDecoder(),
            new ConntrackEventHandler(new Counter()));
        ByteBuf datagram = Unpooled.buffer(2_048);
        Conntrack flow = ProtocolFlows.sctp(7);
        new ConntrackEncoder().create(datagram, 1, flow);
        Conntrack tcp = Flows.tcp(9);
        Flows.setFlags(tcp, 9, 9);
        Flows.setScales(tcp, 7, 8);
        new ConntrackEncoder().create(datagram, 2, tcp);
        assertThat(allocated(() -> channel.pipeline().fireChannelRead(datagram.retain()))).isLessThan(NOISE);
        assertThat(events).isEqualTo(2 * (ROUNDS + 2_000));
    }

    @Test
    void shouldNotAllocatePerEncodedRequest() {
        ConntrackEncoder encoder = new ConntrackEncoder();
        ByteBuf out = Unpooled.buffer(2_048);
        Conntrack flow = new RandomFlows(3).next();
        assertThat(allocated(() -> {
            out.clear();
            encoder.encode(ConntrackRequest.CREATE, out, 1, flow);
            encoder.encode(ConntrackRequest.UPDATE, out, 2, flow);
            encoder.encode(ConntrackRequest.DELETE, out, 3, flow);
        })).isLessThan(NOISE);
    }
}
