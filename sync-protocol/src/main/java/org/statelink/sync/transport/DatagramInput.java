/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.channel.Channel;
import java.util.Objects;

/** Receives datagrams on a channel. */
public final class DatagramInput implements LinkInput {
    private final Channel channel;

    /** The channel is open; its handlers are added by a {@link LinkInitializer}. */
    public DatagramInput(Channel channel) {
        this.channel = Objects.requireNonNull(channel, "channel");
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public void setReceiving(boolean receiving) {
        channel.config().setAutoRead(receiving);
    }

    @Override
    public void close() {
        channel.close();
    }
}
