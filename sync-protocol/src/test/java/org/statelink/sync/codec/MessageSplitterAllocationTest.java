/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.sync.protocol.Captures;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;

class MessageSplitterAllocationTest {
    private static final InetSocketAddress SENDER = new InetSocketAddress("198.51.100.1", 3780);
    private static final int ROUNDS = 500;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MessageSplitter splitter = new MessageSplitter(new SyncCounters());
    private final Conntrack flow = new Conntrack();
    private final List<ByteBuf> datagrams = Captures.frames().stream().map(Captures.Frame::content).toList();
    private int messages;

    @Test
    void shouldNotAllocate() {
        split();
        long before = threads.getCurrentThreadAllocatedBytes();
        messages = 0;
        split();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        System.out.println("bytes/op: " + (double) allocated / messages);
        assertThat(messages).isEqualTo(ROUNDS * 326);
        assertThat((double) allocated / messages).isLessThan(1);
    }

    private void split() {
        MessageSplitter.Listener listener = this::take;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < datagrams.size(); i++) {
                splitter.splitDatagram(datagrams.get(i).readerIndex(0), SENDER, listener);
            }
        }
    }

    private void take(SyncMessage message) {
        messages++;
        if (MessageType.isConntrack(message.type())) {
            ConntrackBody.decode(message.body(), flow);
        }
    }
}
