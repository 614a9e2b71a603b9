/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.channel.ChannelPipeline;

/** Adds the protocol's handlers to a channel on which a link receives. Called on the channel's loop. */
@FunctionalInterface
public interface LinkInitializer {
    /** Called once per receiving channel, before it reads; a stream transport has one per accepted connection. */
    void initialize(SyncLink link, ChannelPipeline pipeline);
}
