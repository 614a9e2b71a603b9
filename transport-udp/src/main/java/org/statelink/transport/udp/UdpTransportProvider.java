/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.udp;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.statelink.sync.transport.DatagramLinkOpener;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.LinkInitializer;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncTransportProvider;

/** Dedicated links over unicast UDP. Source: docs of conntrackd's wire protocol, section 8.2. */
public final class UdpTransportProvider implements SyncTransportProvider {
    /** Name of this transport. */
    public static final String NAME = "udp";

    /** For the service loader. */
    public UdpTransportProvider() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<SyncLink> open(int index, LinkOptions options, EventLoop loop, LinkInitializer initializer) {
        if (options instanceof UdpOptions udp) {
            return DatagramLinkOpener.open(index, options, new UdpEndpoint(udp), loop, initializer);
        }
        return loop.newFailedFuture(new LinkException(LinkException.Reason.BAD_OPTIONS,
            "link " + index + " is not configured for UDP"));
    }
}
