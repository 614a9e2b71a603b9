/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.statelink.netlink.NetlinkAddress;

/** A network of its own, one loop, and channels that are closed at the end. */
final class NetlinkFixture implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    final PrivateNetwork network = new PrivateNetwork();
    final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final List<EpollNetlinkChannel> channels = new ArrayList<>();

    /** A channel that is not registered. */
    EpollNetlinkChannel open(ChannelHandler handler) {
        return adopt(network.open(), handler);
    }

    /** Takes care of a channel made elsewhere. */
    EpollNetlinkChannel adopt(EpollNetlinkChannel channel, ChannelHandler handler) {
        channel.pipeline().addLast(handler);
        channels.add(channel);
        return channel;
    }

    /** A channel that is registered and bound to the groups. */
    EpollNetlinkChannel bind(ChannelHandler handler, int groups) {
        EpollNetlinkChannel channel = open(handler);
        register(channel);
        await(channel.bind(new NetlinkAddress(0, groups)));
        return channel;
    }

    void register(EpollNetlinkChannel channel) {
        await(group.register(channel));
    }

    /** Waits for the future and demands success. */
    static void await(Future<?> future) {
        assertThat(future.awaitUninterruptibly(LIMIT.toMillis())).as("done in time").isTrue();
        assertThat(future.cause()).isNull();
    }

    /** Waits for the future and answers why it failed. */
    static Throwable failure(ChannelFuture future) {
        assertThat(future.awaitUninterruptibly(LIMIT.toMillis())).as("done in time").isTrue();
        assertThat(future.isSuccess()).as("success").isFalse();
        return future.cause();
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Has the loop go round, and so ask epoll, many times. */
    void spin(int rounds) {
        for (int i = 0; i < rounds; i++) {
            await(group.submit(() -> { }));
        }
    }

    /** What the loop answers. */
    <T> T onLoop(Callable<T> question) {
        Future<T> answer = group.submit(question);
        await(answer);
        return answer.getNow();
    }

    @Override
    public void close() {
        for (EpollNetlinkChannel channel : channels) {
            if (channel.isRegistered()) {
                await(channel.close());
            } else if (channel.isOpen()) {
                channel.unsafe().closeForcibly();
            }
        }
        group.shutdownGracefully(0, LIMIT.toSeconds(), TimeUnit.SECONDS).awaitUninterruptibly();
        network.close();
    }
}
