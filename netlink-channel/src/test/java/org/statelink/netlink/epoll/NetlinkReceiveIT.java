/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.netlink.epoll.NetlinkFixture.await;
import static org.statelink.netlink.epoll.NetlinkFixture.until;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.netlink.NetlinkAddress;
import org.statelink.netlink.NetlinkChannelConfig;
import org.statelink.netlink.NetlinkTruncationEvent;

/** How datagrams get from the socket into the pipeline. */
class NetlinkReceiveIT {
    private final NetlinkFixture fixture = new NetlinkFixture();
    private final Recorder answers = new Recorder();
    private final Recorder events = new Recorder();

    @AfterEach
    void close() {
        fixture.close();
        assertThat(answers.failures).isEmpty();
        assertThat(events.failures).isEmpty();
    }

    @Test
    void shouldDropDatagramsThatDoNotFitWhole() {
        EpollNetlinkChannel listener = fixture.open(events);
        listener.config().setReceiveSlotSize(64);
        bind(listener, Requests.GROUP_NEW);
        EpollNetlinkChannel writer = fixture.bind(answers, 0);
        await(writer.writeAndFlush(Requests.createAll(10)));
        until("ten cut datagrams", () -> listener.counters().truncated() == 10);

        assertThat(events.datagrams).isEmpty();
        assertThat(listener.counters().datagrams()).isZero();
        assertThat(events.events).allSatisfy(event -> assertThat(event)
            .isInstanceOfSatisfying(NetlinkTruncationEvent.class, cut -> {
                assertThat(cut.slotSize()).isEqualTo(64);
                assertThat(cut.longest()).isGreaterThan(64);
            }));
        assertThat(listener.isActive()).isTrue();
    }

    @Test
    void shouldDropDatagramsThatAnotherProcessSent() throws Exception {
        EpollNetlinkChannel channel = fixture.bind(answers, 0);
        int portId = channel.localAddress().portId();
        fixture.network.call(() -> Forgery.send(portId, new byte[32]));
        until("the forged datagram", () -> channel.counters().foreign() == 1);
        assertThat(answers.datagrams).isEmpty();

        await(channel.writeAndFlush(Requests.create(1, 1)));
        until("the kernel's answer", () -> answers.count(Requests.ERROR) == 1);
    }

    @Test
    void shouldDumpInDatagramsAsLongAsTheSlots() {
        EpollNetlinkChannel channel = fixture.open(answers);
        channel.config().setReceiveSlots(4).setReceiveSlotSize(NetlinkChannelConfig.DUMP_RECEIVE_SLOT_SIZE);
        bind(channel, 0);
        int entries = 2000;
        channel.config().setSendBufferSize(1 << 20);
        await(channel.writeAndFlush(Requests.createAll(entries)));
        await(channel.writeAndFlush(Requests.dump(1 << 20)));
        until("the end of the dump", () -> answers.count(Requests.DONE) == 1);

        assertThat(answers.count(Requests.NEW)).isEqualTo(entries);
        assertThat(answers.datagrams).anySatisfy(datagram -> assertThat(datagram.length).isGreaterThan(16_384));
        assertThat(channel.counters().truncated()).isZero();
    }

    @Test
    void shouldNotTouchDatagramsThatAHandlerKeeps() {
        Keeper keeper = new Keeper();
        EpollNetlinkChannel listener = fixture.open(keeper);
        listener.config().setReceiveSlots(2);
        bind(listener, Requests.GROUP_NEW);
        EpollNetlinkChannel writer = fixture.bind(answers, 0);
        await(writer.writeAndFlush(Requests.createAll(50)));
        until("the events", () -> listener.counters().datagrams() == 50);
        fixture.onLoop(() -> {
            for (int i = 0; i < 50; i++) {
                assertThat(ByteBufUtil.getBytes(keeper.kept.get(i))).isEqualTo(keeper.copies.get(i));
                assertThat(keeper.kept.get(i).refCnt()).isLessThanOrEqualTo(2);
            }
            keeper.kept.forEach(ByteBuf::release);
            return null;
        });
        assertThat(keeper.copies).doesNotHaveDuplicates();
    }

    @Test
    void shouldDeliverNothingAfterAHandlerClosedTheChannel() {
        EpollNetlinkChannel listener = fixture.open(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                context.fireChannelRead(message);
                context.close();
            }
        });
        listener.pipeline().addLast(events);
        bind(listener, Requests.GROUP_NEW);
        EpollNetlinkChannel writer = fixture.bind(answers, 0);
        await(writer.writeAndFlush(Requests.createAll(10)));
        until("the close", () -> !listener.isOpen());
        await(listener.closeFuture());
        fixture.spin(3);
        assertThat(events.datagrams).hasSize(1);
    }

    @Test
    void shouldReadOnlyWhenAsked() {
        EpollNetlinkChannel listener = fixture.open(events);
        listener.config().setAutoRead(false);
        listener.config().setReceiveSlots(3);
        bind(listener, Requests.GROUP_NEW);
        EpollNetlinkChannel writer = fixture.bind(answers, 0);
        await(writer.writeAndFlush(Requests.createAll(10)));
        fixture.spin(20);
        assertThat(events.datagrams).isEmpty();

        for (int expected : new int[] {3, 6, 9, 10}) {
            listener.read();
            until("a read", () -> events.datagrams.size() == expected);
            fixture.spin(20);
            assertThat(events.datagrams).as("one system call per read").hasSize(expected);
        }
    }

    @Test
    void shouldStopAtOnceWhenTheLoopSaysSo() {
        EpollNetlinkChannel listener = fixture.bind(events, Requests.GROUP_NEW);
        EpollNetlinkChannel writer = fixture.bind(answers, 0);
        fixture.onLoop(() -> listener.config().setAutoRead(false));
        await(writer.writeAndFlush(Requests.createAll(10)));
        fixture.spin(20);
        assertThat(events.datagrams).isEmpty();
        fixture.onLoop(() -> listener.config().setAutoRead(true));
        until("the events", () -> events.datagrams.size() == 10);
    }

    private void bind(EpollNetlinkChannel channel, int groups) {
        fixture.register(channel);
        await(channel.bind(new NetlinkAddress(0, groups)));
    }

    /** Keeps the datagrams beyond the read, and a copy of what they said when they came. */
    private static final class Keeper extends ChannelInboundHandlerAdapter {
        final List<ByteBuf> kept = new ArrayList<>();
        final List<byte[]> copies = new ArrayList<>();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf datagram = (ByteBuf) message;
            kept.add(datagram);
            copies.add(ByteBufUtil.getBytes(datagram));
        }
    }
}
