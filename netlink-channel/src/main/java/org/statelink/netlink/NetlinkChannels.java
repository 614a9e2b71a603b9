/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import java.util.function.Consumer;

/** What everybody does who opens a channel: configures, registers, binds. */
public final class NetlinkChannels {
    private NetlinkChannels() {
    }

    /**
     * Registers, then binds; the promise gets the result, and the channel is closed where that fails. Any thread.
     *
     * @param groups as in {@link NetlinkAddress#groups()}
     */
    public static <T> void start(NetlinkChannel channel, EventLoop loop, int groups, Promise<T> promise, T result) {
        loop.register(channel).addListener((ChannelFutureListener) registered -> {
            if (!registered.isSuccess()) {
                fail(channel, promise, registered);
                return;
            }
            channel.bind(new NetlinkAddress(0, groups)).addListener((ChannelFutureListener) bound -> {
                if (bound.isSuccess()) {
                    promise.trySuccess(result);
                } else {
                    fail(channel, promise, bound);
                }
            });
        });
    }

    /** Applies a configuration to a channel that was just opened, and closes it where that fails. */
    public static void configure(NetlinkChannel channel, Consumer<NetlinkChannelConfig> configuration) {
        try {
            configuration.accept(channel.config());
        } catch (RuntimeException e) {
            channel.unsafe().closeForcibly();
            throw e;
        }
    }

    private static void fail(NetlinkChannel channel, Promise<?> promise, ChannelFuture failed) {
        channel.unsafe().closeForcibly();
        promise.tryFailure(failed.cause());
    }
}
