/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.MockTicker;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.statelink.conntrack.Conntrack;
import org.statelink.sync.protocol.MessageType;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncLinkGroup;

/** One node with a link, an internal cache and an external one; time is advanced by hand. */
final class TestNode implements SessionListener, AutoCloseable {
    static final int MTU = 1500;
    private static final int OVERHEAD = 28;
    private static final InetSocketAddress GROUP = new InetSocketAddress("225.0.0.50", 3780);

    final InetSocketAddress address;
    final EmbeddedChannel channel;
    final SyncLinkGroup links = new SyncLinkGroup();
    final SyncLink link;
    final SyncCounters counters = new SyncCounters();
    final TestFlows flows = new TestFlows();
    final Map<Integer, Integer> external = new HashMap<>();
    final List<Integer> typesReceived = new ArrayList<>();
    final SyncSession session;
    int resyncsRequested;
    boolean answersResync = true;

    TestNode(String host, SessionOptions options, MockTicker ticker) {
        address = new InetSocketAddress(host, 40_000);
        channel = EmbeddedChannel.builder().ticker(ticker).build();
        link = new SyncLink(0, options("veth0", false), MTU, OVERHEAD, channel, channel);
        links.add(link);
        session = new SyncSession(options, flows, this, counters, links, channel.eventLoop(), ticker);
        session.linkInitializer().initialize(link, channel.pipeline());
        flows.attach(session);
    }

    static LinkOptions options(String name, boolean isPreferred) {
        return new LinkOptions() {
            @Override
            public String interfaceName() {
                return name;
            }

            @Override
            public boolean preferred() {
                return isPreferred;
            }
        };
    }

    /** Packets sent since the last call. */
    List<byte[]> sent() {
        List<byte[]> packets = new ArrayList<>();
        for (ByteBuf packet = channel.readOutbound(); packet != null; packet = channel.readOutbound()) {
            byte[] bytes = new byte[packet.readableBytes()];
            packet.readBytes(bytes);
            packet.release();
            packets.add(bytes);
        }
        return packets;
    }

    void receive(byte[] packet, InetSocketAddress sender) {
        channel.writeInbound(new DatagramPacket(Unpooled.wrappedBuffer(packet), GROUP, sender));
    }

    void runTimers() {
        channel.runPendingTasks();
    }

    long count(SyncCounter counter) {
        return counters.get(counter);
    }

    @Override
    public void onState(int type, Peer peer, Conntrack flow, ByteBuf body) {
        typesReceived.add(type);
        int number = (int) flow.original().sourceLow();
        if (type == MessageType.CT_DELETE) {
            external.remove(number);
        } else {
            external.put(number, flow.mark());
        }
    }

    @Override
    public void onResyncRequested(Peer peer) {
        resyncsRequested++;
        if (answersResync) {
            flows.sendAll();
        }
    }

    @Override
    public void close() {
        session.close();
        channel.finishAndReleaseAll();
    }
}
