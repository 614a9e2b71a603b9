/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.LinkInitializer;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncTransportProvider;

/**
 * Dedicated links over TCP. A link is open when it listens; the connection to the peer comes up when the peer does.
 * Source: docs of conntrackd's wire protocol, section 8.4.
 */
public final class TcpTransportProvider implements SyncTransportProvider {
    /** Name of this transport. */
    public static final String NAME = "tcp";

    /** For the service loader. */
    public TcpTransportProvider() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<SyncLink> open(int index, LinkOptions options, EventLoop loop, LinkInitializer initializer) {
        if (options instanceof TcpOptions tcp) {
            return TcpLinkOpener.open(index, tcp, loop, initializer);
        }
        return loop.newFailedFuture(new LinkException(LinkException.Reason.BAD_OPTIONS,
            "link " + index + " is not configured for TCP"));
    }
}
