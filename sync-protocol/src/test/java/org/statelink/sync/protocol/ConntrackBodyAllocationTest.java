/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;

class ConntrackBodyAllocationTest {
    private static final int ROUNDS = 500;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Conntrack flow = new Conntrack();
    /** Wrapped, since those that Netty allocates are watched by its leak detector, which allocates. */
    private final ByteBuf out = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(ConntrackBody.MAX_LENGTH));
    private final List<ByteBuf> bodies = new ArrayList<>();

    @Test
    void shouldNotAllocate() {
        for (Captures.Message message : Captures.flows()) {
            bodies.add(message.body());
        }
        decodeAndEncode();
        long before = threads.getCurrentThreadAllocatedBytes();
        decodeAndEncode();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        double perMessage = (double) allocated / ROUNDS / bodies.size();
        System.out.println("bytes/op: " + perMessage);
        assertThat(perMessage).isLessThan(1);
    }

    private void decodeAndEncode() {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < bodies.size(); i++) {
                ConntrackBody.decode(bodies.get(i), flow);
                ConntrackBody.encode(flow, out.clear(), true, true);
            }
        }
    }
}
