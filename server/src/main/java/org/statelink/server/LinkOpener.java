/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.Locale;
import org.statelink.config.LinkConfig;
import org.statelink.config.MulticastLink;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.LinkInitializer;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncTransportProvider;
import org.statelink.transport.multicast.MulticastOptions;

/** From a link of the configuration to a link that is open. */
final class LinkOpener {
    private LinkOpener() {
    }

    /** Opens a link on the loop; the future fails with a one-line reason. */
    static Future<SyncLink> open(int index, LinkConfig config, EventLoop loop, LinkInitializer initializer) {
        try {
            String transport = config.transport().keyword().toLowerCase(Locale.ROOT);
            return SyncTransportProvider.named(transport).open(index, options(config), loop, initializer);
        } catch (LinkException | StartException | IllegalArgumentException e) {
            return loop.newFailedFuture(e);
        }
    }

    private static LinkOptions options(LinkConfig config) throws StartException {
        if (config instanceof MulticastLink link) {
            return new MulticastOptions(required(link.interfaceName().orElse(null), "Interface"), link.preferred(),
                required(link.group().orElse(null), "IPv4_address or IPv6_address"), link.port(),
                (InetAddress) link.interfaceAddress().orElse(null), link.sendBuffer(), link.receiveBuffer(),
                link.checksum());
        }
        throw new StartException("dedicated links over " + config.transport().keyword() + " are not supported yet");
    }

    private static <T> T required(T value, String keyword) throws StartException {
        if (value == null) {
            throw new StartException("a dedicated link lacks `" + keyword + "'");
        }
        return value;
    }
}
