/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.link;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.statelink.config.LinkConfig;
import org.statelink.config.MulticastLink;
import org.statelink.config.TcpLink;
import org.statelink.config.UdpLink;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.LinkInitializer;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncTransportProvider;
import org.statelink.transport.multicast.MulticastOptions;
import org.statelink.transport.tcp.TcpOptions;
import org.statelink.transport.udp.UdpOptions;

/** From a link of the configuration to a link that is open. */
final class LinkOpener {
    private LinkOpener() {
    }

    /** Opens a link on the loop, which has options of its own transport; the future fails with a one-line reason. */
    static Future<SyncLink> open(int index, LinkConfig config, LinkOptions options, EventLoop loop,
                                 LinkInitializer initializer) {
        try {
            String transport = config.transport().keyword().toLowerCase(Locale.ROOT);
            return SyncTransportProvider.named(transport).open(index, options, loop, initializer);
        } catch (LinkException e) {
            return loop.newFailedFuture(e);
        }
    }

    /**
     * What the transport needs to know.
     *
     * @param errorQueueLength packets that wait for a connection, where there are connections
     * @throws LinkException if something is missing
     * @throws IllegalArgumentException if something makes no sense
     */
    static LinkOptions options(LinkConfig config, int errorQueueLength) throws LinkException {
        String device = required(config.interfaceName().orElse(null), "Interface");
        InetAddress address = required(config.address().orElse(null), "IPv4_address or IPv6_address");
        return switch (config) {
            case MulticastLink link -> new MulticastOptions(device, link.preferred(), address, link.port(),
                (InetAddress) link.interfaceAddress().orElse(null), link.sendBuffer(), link.receiveBuffer(),
                link.checksum());
            case UdpLink link -> new UdpOptions(device, link.preferred(), address, destination(link.destination()),
                link.port(), link.sendBuffer(), link.receiveBuffer(), link.checksum());
            case TcpLink link -> new TcpOptions(device, link.preferred(), address, destination(link.destination()),
                link.port(), link.sendBuffer(), link.receiveBuffer(), errorQueueLength);
        };
    }

    private static InetAddress destination(Optional<InetAddress> destination) throws LinkException {
        return required(destination.orElse(null), "IPv4_Destination_Address or IPv6_Destination_Address");
    }

    private static <T> T required(T value, String keyword) throws LinkException {
        if (value == null) {
            throw new LinkException(LinkException.Reason.BAD_OPTIONS, "a dedicated link lacks `" + keyword + "'");
        }
        return value;
    }
}
