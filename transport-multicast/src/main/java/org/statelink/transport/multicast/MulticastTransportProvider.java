/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.multicast;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
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
        Promise<SyncLink> promise = loop.newPromise();
        if (options instanceof MulticastOptions multicast) {
            MulticastLinkOpener opener = new MulticastLinkOpener(index, multicast, loop, initializer, promise);
            loop.execute(opener::open);
        } else {
            promise.setFailure(new LinkException(LinkException.Reason.BAD_OPTIONS,
                "link " + index + " is not configured for multicast"));
        }
        return promise;
    }
}
