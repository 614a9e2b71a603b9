/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Somebody on the dedicated link who sends whatever he likes. */
public final class LinkSender implements AutoCloseable {
    private final DatagramChannel channel;

    private LinkSender(DatagramChannel channel) {
        this.channel = channel;
    }

    /** Opens one on a node. */
    public static LinkSender on(Node node) {
        return node.namespace().call(() -> {
            DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF,
                NetworkInterface.getByName(SyncNetwork.interfaceName(0)));
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
            channel.bind(new InetSocketAddress(node.address(), 0));
            return new LinkSender(channel);
        });
    }

    public void send(byte[] datagram) throws IOException {
        channel.send(ByteBuffer.wrap(datagram), new InetSocketAddress(DedicatedLink.GROUP, DedicatedLink.PORT));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
