/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.session.ObjectSource;
import org.statelink.sync.session.Peer;
import org.statelink.sync.session.SessionListener;
import org.statelink.sync.session.SessionOptions;
import org.statelink.sync.session.SyncSession;
import org.statelink.sync.transport.LiveNode;
import org.statelink.sync.transport.NamespacePair;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncLinkGroup;

/** An event that becomes a message of its own, from the queue to the socket, leaves no garbage. */
final class SendAllocationIT implements ObjectSource, SessionListener {
    private static final int OBJECTS = 1000;
    private static final int EVENTS = 50_000;
    private static final byte[] BODY = new byte[92];

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final int[] states = new int[OBJECTS + 1];
    private final int[] positions = new int[OBJECTS + 1];

    private NamespacePair namespaces;
    private ResourceLeakDetector.Level level;

    @BeforeEach
    void openNamespaces() {
        // the detector keeps a stack trace per access
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        namespaces = new NamespacePair();
    }

    @AfterEach
    void closeNamespaces() {
        ResourceLeakDetector.setLevel(level);
        namespaces.close();
    }

    @Test
    void shouldAllocateNothingPerMessage() throws IOException {
        try (LiveNode node = new LiveNode(NamespacePair.A)) {
            SyncLinkGroup links = new SyncLinkGroup();
            SyncSession session = new SyncSession(SessionOptions.of(300, 500), this, this, new SyncCounters(), links,
                node.loop());
            InetAddress group = InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString("225.0.0.50"));
            SyncLink link = new MulticastTransportProvider().open(0,
                MulticastOptions.of(NamespacePair.DEVICE, group, 3780), node.loop(), session.linkInitializer())
                .syncUninterruptibly().getNow();
            node.call(() -> {
                links.add(link);
                session.start();
                send(session);
                return null;
            });
            double perEvent = node.call(() -> {
                long before = threads.getCurrentThreadAllocatedBytes();
                send(session);
                return (double) (threads.getCurrentThreadAllocatedBytes() - before) / EVENTS;
            });
            System.out.println("bytes per message sent: " + perEvent);
            assertThat(node.call(() -> link.counters().packetsSent())).isEqualTo(2L * EVENTS);
            assertThat(perEvent).isLessThan(1);
            node.call(() -> {
                session.close();
                link.close();
                return null;
            });
        }
    }

    private static void send(SyncSession session) {
        for (int event = 0; event < EVENTS; event++) {
            session.send(1 + event % OBJECTS);
            session.transmit();
        }
    }

    @Override
    public int type(int ref) {
        return MessageType.CT_UPDATE;
    }

    @Override
    public void encode(int ref, ByteBuf out) {
        out.writeBytes(BODY);
    }

    @Override
    public int queueState(int ref) {
        return states[ref];
    }

    @Override
    public int queuePosition(int ref) {
        return positions[ref];
    }

    @Override
    public void setQueue(int ref, int state, int position) {
        states[ref] = state;
        positions[ref] = position;
    }

    @Override
    public void released(int ref) {
    }

    @Override
    public void onState(int type, Peer peer, Conntrack flow, ByteBuf body) {
    }

    @Override
    public void onResyncRequested(Peer peer) {
    }
}
