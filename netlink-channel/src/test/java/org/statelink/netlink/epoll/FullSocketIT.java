/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.netlink.epoll.LinuxConstants.EAGAIN;
import static org.statelink.netlink.epoll.NetlinkFixture.await;
import static org.statelink.netlink.epoll.NetlinkFixture.until;

import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.netlink.NetlinkAddress;
import org.statelink.netlink.NetlinkProtocol;

/** Writes to a socket that is full at times; the kernel's own are not, so the system call is played. */
class FullSocketIT {
    private final NetlinkFixture fixture = new NetlinkFixture();
    private final Recorder answers = new Recorder();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldGoOnWritingInOrderWhenTheSocketHasRoom() {
        TimesFull socket = fixture.network.call(() -> new TimesFull(3));
        EpollNetlinkChannel channel = bind(socket);
        ChannelFuture first = channel.write(Requests.create(1, 1));
        ChannelFuture second = channel.writeAndFlush(Requests.create(2, 2));
        ChannelFuture third = channel.writeAndFlush(Requests.create(3, 3));
        await(first);
        await(second);
        await(third);
        until("the answers", () -> answers.count(Requests.ERROR) == 3);

        assertThat(answers.headers()).extracting(Recorder.Header::sequence).containsExactly(1, 2, 3);
        assertThat(socket.calls).as("three refused, three taken").hasValue(6);
    }

    @Test
    void shouldNotBeWokenByAWritableSocketOnceAllIsWritten() {
        EpollNetlinkChannel channel = bind(fixture.network.call(() -> new TimesFull(1)));
        await(channel.writeAndFlush(Requests.create(1, 1)));
        until("the answer", () -> answers.count(Requests.ERROR) == 1);
        fixture.spin(3);
        long wakeups = fixture.onLoop(channel::wakeups);
        fixture.spin(100);
        assertThat(fixture.onLoop(channel::wakeups)).isEqualTo(wakeups);
    }

    @Test
    void shouldLetAnswersBeReadBetweenManyWrites() {
        EpollNetlinkChannel channel = bind(fixture.network.call(() -> new TimesFull(0)));
        int count = 3 * EpollNetlinkChannelConfig.MAX_MESSAGES_PER_WRITE;
        for (int i = 1; i <= count; i++) {
            channel.write(Requests.create(i, i));
        }
        int[] readBefore = {0};
        ChannelFuture last = channel.writeAndFlush(Requests.create(count + 1, count + 1));
        last.addListener(future -> readBefore[0] = answers.datagrams.size());
        await(last);
        until("the answers", () -> answers.datagrams.size() == count + 1);
        assertThat(fixture.onLoop(() -> readBefore[0])).isPositive();
    }

    private EpollNetlinkChannel bind(NetlinkSocket socket) {
        EpollNetlinkChannel channel = fixture.adopt(new EpollNetlinkChannel(socket), answers);
        fixture.register(channel);
        await(channel.bind(new NetlinkAddress(0, 0)));
        return channel;
    }

    /** Is full for the first few calls. */
    private static final class TimesFull extends NetlinkSocket {
        final AtomicInteger calls = new AtomicInteger();
        private final int full;

        TimesFull(int full) throws IOException {
            super(NetlinkProtocol.NETFILTER);
            this.full = full;
        }

        @Override
        int send(long address, int length) {
            return calls.incrementAndGet() <= full ? -EAGAIN : super.send(address, length);
        }
    }
}
