/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ServiceLoader;

/** A transport for dedicated links, found through {@link ServiceLoader}. */
public interface SyncTransportProvider {
    /** Name in lower case, such as {@code multicast}. */
    String name();

    /**
     * Opens a link on the loop. The future fails with a {@link LinkException} whose message is one line for the
     * operator.
     *
     * @param index the link's place in the configuration, from 0
     * @param options of this transport's own type
     * @param initializer called for each channel that receives
     */
    Future<SyncLink> open(int index, LinkOptions options, EventLoop loop, LinkInitializer initializer);

    /** Finds a transport by its name. */
    static SyncTransportProvider named(String name) throws LinkException {
        for (SyncTransportProvider provider : ServiceLoader.load(SyncTransportProvider.class)) {
            if (provider.name().equals(name)) {
                return provider;
            }
        }
        throw new LinkException(LinkException.Reason.UNKNOWN_TRANSPORT, "there is no transport `" + name + "'");
    }
}
