/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.netlink.epoll.NetlinkFixture.await;
import static org.statelink.netlink.epoll.NetlinkFixture.until;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.netlink.NetlinkAddress;

/** The receive path in its steady state: what the listener's thread allocates per event. */
class AllocationIT {
    private static final int EVENTS = 2000;
    /**
     * An object per event would be 16 bytes. A native call that tells the errno costs 40 bytes as long as the JVM has
     * not compiled it by C2, which the tests do without; it is one call for 64 events.
     */
    private static final double LIMIT = 4;

    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    private final EventLoopGroup listenersGroup = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private NetlinkFixture fixture;

    @BeforeEach
    void open() {
        // the detector's records are garbage of its own
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        fixture = new NetlinkFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
        listenersGroup.shutdownGracefully(50, 10_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        ResourceLeakDetector.setLevel(level);
    }

    @Test
    void shouldReceiveWithoutGarbage() {
        EpollNetlinkChannel listener = fixture.network.open();
        listener.pipeline().addLast(new Releaser());
        listener.config().setReceiveBufferSize(64 << 20);
        await(listenersGroup.register(listener));
        await(listener.bind(new NetlinkAddress(0, Requests.GROUP_NEW | Requests.GROUP_DESTROY)));
        EpollNetlinkChannel writer = fixture.bind(new Releaser(), 0);
        writer.config().setSendBufferSize(1 << 20);
        for (int round = 0; round < 5; round++) {
            measure(listener, writer);
        }
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            best = Math.min(best, measure(listener, writer));
        }
        assertThat(best).as("bytes per event").isLessThan(LIMIT);
        await(listener.close());
    }

    /** Bytes per event of one round. */
    private double measure(EpollNetlinkChannel listener, EpollNetlinkChannel writer) {
        long before = listener.counters().datagrams();
        long bytes = allocated();
        // so that the bursts are full
        read(listener, false);
        await(writer.writeAndFlush(Requests.createAll(EVENTS)));
        await(writer.writeAndFlush(Requests.flush(1)));
        read(listener, true);
        until("the events", () -> listener.counters().datagrams() == before + 2 * EVENTS);
        return (allocated() - bytes) / (2.0 * EVENTS);
    }

    private void read(EpollNetlinkChannel listener, boolean on) {
        await(listenersGroup.submit(() -> listener.config().setAutoRead(on)));
    }

    /** What the listener's thread has allocated so far, in bytes. */
    private long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var answer = listenersGroup.submit(threads::getCurrentThreadAllocatedBytes);
        await(answer);
        return answer.getNow();
    }

    private static final class Releaser extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ((ByteBuf) message).release();
        }
    }
}
