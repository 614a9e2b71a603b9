/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.multicast;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.statelink.sync.transport.DatagramLinkOpener;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.LinkInitializer;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.SyncLink;
import org.statelink.sync.transport.SyncTransportProvider;

/** Dedicated links over UDP multicast. Source: docs of conntrackd's wire protocol, section 8.3. */
public final class MulticastTransportProvider implements SyncTransportProvider {
    /** Name of this transport. */
    public static final String NAME = "multicast";

    /** For the service loader. */
    public MulticastTransportProvider() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<SyncLink> open(int index, LinkOptions options, EventLoop loop, LinkInitializer initializer) {
        if (options instanceof MulticastOptions multicast) {
            return DatagramLinkOpener.open(index, options, new MulticastEndpoint(multicast), loop, initializer);
        }
        return loop.newFailedFuture(new LinkException(LinkException.Reason.BAD_OPTIONS,
            "link " + index + " is not configured for multicast"));
    }
}
