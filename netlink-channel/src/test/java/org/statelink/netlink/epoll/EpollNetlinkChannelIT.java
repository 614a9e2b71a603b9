/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.statelink.netlink.NetlinkChannelOption.NETLINK_BROADCAST_ERROR;
import static org.statelink.netlink.NetlinkChannelOption.NETLINK_CAP_ACK;
import static org.statelink.netlink.NetlinkChannelOption.NETLINK_EXT_ACK;
import static org.statelink.netlink.NetlinkChannelOption.NETLINK_NO_ENOBUFS;
import static org.statelink.netlink.epoll.NetlinkFixture.await;
import static org.statelink.netlink.epoll.NetlinkFixture.failure;
import static org.statelink.netlink.epoll.NetlinkFixture.until;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.Errors.NativeIoException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.netlink.BpfInstruction;
import org.statelink.netlink.NetlinkAddress;
import org.statelink.netlink.NetlinkChannelConfig;
import org.statelink.netlink.epoll.Recorder.Header;

/** The channel against the running kernel. */
class EpollNetlinkChannelIT {
    private static final int EMSGSIZE = 90;

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
    void shouldBeActiveWithAPortIdOnceBound() {
        EpollNetlinkChannel channel = fixture.open(answers);
        fixture.register(channel);
        assertThat(channel.isActive()).isFalse();
        assertThat(channel.localAddress()).isNull();
        assertThat(channel.remoteAddress()).isNull();

        await(channel.bind(new NetlinkAddress(0, 7)));

        assertThat(channel.isActive()).isTrue();
        assertThat(channel.localAddress().portId()).isNotZero();
        assertThat(channel.localAddress().groups()).isEqualTo(7);
        assertThat(channel.remoteAddress()).isEqualTo(NetlinkAddress.KERNEL);
        until("channelActive", () -> answers.active.get() == 1);
    }

    @Test
    void shouldGiveEachChannelItsOwnPortId() {
        EpollNetlinkChannel one = fixture.bind(answers, 0);
        EpollNetlinkChannel other = fixture.bind(events, 0);
        assertThat(one.localAddress().portId()).isNotEqualTo(other.localAddress().portId());
    }

    @Test
    void shouldReceiveTheAnswerToADump() {
        EpollNetlinkChannel channel = fixture.bind(answers, 0);
        await(channel.writeAndFlush(Requests.create(1, 100)));
        await(channel.writeAndFlush(Requests.create(2, 200)));
        await(channel.writeAndFlush(Requests.dump(3)));
        until("the end of the dump", () -> answers.count(Requests.DONE) == 1);

        int portId = channel.localAddress().portId();
        assertThat(answers.headers()).filteredOn(header -> header.sequence() == 3)
            .extracting(Header::type).containsExactly(Requests.NEW, Requests.NEW, Requests.DONE);
        assertThat(answers.headers()).extracting(Header::portId).containsOnly(portId);
        assertThat(channel.counters().datagrams()).isEqualTo(answers.datagrams.size());
    }

    @Test
    void shouldReceiveOneDatagramPerEventWithItsCausersPortId() {
        fixture.bind(events, Requests.GROUP_NEW | Requests.GROUP_DESTROY).config().setReceiveBufferSize(4 << 20);
        EpollNetlinkChannel channel = fixture.bind(answers, 0);
        await(channel.writeAndFlush(Requests.createAll(200)));
        await(channel.writeAndFlush(Requests.flush(1)));
        until("400 events", () -> events.datagrams.size() == 400);

        assertThat(events.count(Requests.NEW)).isEqualTo(200);
        assertThat(events.count(Requests.DELETE)).isEqualTo(200);
        assertThat(events.headers()).extracting(Header::portId).containsOnly(channel.localAddress().portId());
        assertThat(events.completed.get()).as("bursts, not single reads").isLessThan(400);
    }

    @Test
    void shouldSendFromAnyKindOfBuffer() {
        EpollNetlinkChannel channel = fixture.bind(answers, 0);
        ByteBuf whole = Requests.create(2, 2);
        CompositeByteBuf parts = Unpooled.compositeBuffer()
            .addComponent(true, whole.readRetainedSlice(10)).addComponent(true, whole.readRetainedSlice(90))
            .addComponent(true, whole);
        ByteBuf shifted = Unpooled.directBuffer().writeLong(0).writeBytes(Requests.bytes(Requests.create(3, 3)));
        shifted.skipBytes(Long.BYTES);
        await(channel.writeAndFlush(Unpooled.wrappedBuffer(Requests.bytes(Requests.create(1, 1)))));
        await(channel.writeAndFlush(parts));
        await(channel.writeAndFlush(shifted));
        until("three acknowledgements", () -> answers.count(Requests.ERROR) == 3);
        assertThat(answers.headers()).extracting(Header::sequence).containsExactly(1, 2, 3);
        assertThat(answers.headers()).extracting(Header::length).as("ok: no request quoted").containsOnly(36);
    }

    @Test
    void shouldFailTheOversizedDatagramOnly() {
        EpollNetlinkChannel channel = fixture.bind(answers, 0);
        channel.config().setSendBufferSize(8192);
        ChannelFuture tooLong = channel.write(Unpooled.directBuffer().writeZero(100_000));
        ChannelFuture next = channel.write(Requests.create(1, 1));
        channel.flush();
        assertThat(failure(tooLong)).isInstanceOfSatisfying(NativeIoException.class,
            e -> assertThat(e.expectedErr()).isEqualTo(-EMSGSIZE));
        await(next);
        until("the answer", () -> answers.count(Requests.ERROR) == 1);
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void shouldRefuseWhatItCannotDo() {
        EpollNetlinkChannel channel = fixture.open(answers);
        fixture.register(channel);
        assertThat(failure(channel.writeAndFlush(Requests.dump(1)))).isInstanceOf(NotYetConnectedException.class);
        assertThat(failure(channel.bind(new InetSocketAddress(0))))
            .isInstanceOf(UnsupportedAddressTypeException.class);
        assertThat(failure(channel.connect(NetlinkAddress.KERNEL))).isInstanceOf(UnsupportedOperationException.class);
        assertThat(failure(channel.writeAndFlush("text"))).isInstanceOf(UnsupportedOperationException.class);
        assertThat(channel.isOpen()).isTrue();
        await(channel.bind(new NetlinkAddress(0, 0)));
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void shouldFailWritesAfterTheClose() {
        EpollNetlinkChannel channel = fixture.bind(answers, 0);
        await(channel.close());
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.isActive()).isFalse();
        assertThat(failure(channel.writeAndFlush(Requests.dump(1)))).isInstanceOf(ClosedChannelException.class);
        until("channelInactive", () -> answers.inactive.get() == 1);
    }

    @Test
    void shouldGoOnAfterItWasRegisteredAnew() {
        EpollNetlinkChannel channel = fixture.bind(answers, 0);
        await(channel.writeAndFlush(Requests.create(1, 1)));
        until("the first answer", () -> answers.datagrams.size() == 1);
        await(channel.deregister());
        fixture.register(channel);
        await(channel.writeAndFlush(Requests.create(2, 2)));
        until("the second answer", () -> answers.datagrams.size() == 2);
    }

    @Test
    void shouldBeClosedByTheShutdownOfItsGroup() {
        EpollNetlinkChannel channel = fixture.bind(answers, 0);
        // with a quiet period of 0 the loop may end without having closed anything: Netty's own channels too
        fixture.group.shutdownGracefully(50, 10_000, TimeUnit.MILLISECONDS);
        await(channel.closeFuture());
        until("channelInactive", () -> answers.inactive.get() == 1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldKeepItsOptionsInTheKernel() {
        NetlinkChannelConfig config = fixture.open(answers).config();
        config.setReceiveBufferSize(64 << 20).setSendBufferSize(1 << 20);
        assertThat(config.receiveBufferSize()).as("beyond net.core.rmem_max").isEqualTo(64 << 20);
        assertThat(config.sendBufferSize()).isEqualTo(1 << 20);
        for (ChannelOption<Boolean> option : List.of(NETLINK_BROADCAST_ERROR, NETLINK_NO_ENOBUFS, NETLINK_CAP_ACK,
            NETLINK_EXT_ACK)) {
            assertThat(config.getOption(option)).as(option.name()).isFalse();
            assertThat(config.setOption(option, true)).isTrue();
            assertThat(config.getOption(option)).as(option.name()).isTrue();
            config.setOption(option, false);
            assertThat(config.getOption(option)).as(option.name()).isFalse();
        }
    }

    @Test
    void shouldGetAsMuchBufferAsAllowedWithoutPrivileges() throws Exception {
        NetlinkChannelConfig config = fixture.open(answers).config();
        int before = config.receiveBufferSize();
        Unprivileged.call(() -> config.setReceiveBufferSize(1 << 30).setSendBufferSize(1 << 30));
        assertThat(config.receiveBufferSize()).isBetween(before, (1 << 30) - 1);
        assertThat(config.sendBufferSize()).isBetween(before, (1 << 30) - 1);
    }

    @Test
    void shouldRefuseOptionsOnceClosed() {
        EpollNetlinkChannel channel = fixture.bind(answers, 0);
        await(channel.close());
        assertThatExceptionOfType(ChannelException.class).isThrownBy(() -> channel.config().isExtAck());
        assertThatExceptionOfType(ChannelException.class).isThrownBy(() -> channel.config().setExtAck(true));
        assertThatExceptionOfType(ChannelException.class).isThrownBy(channel::detachFilter);
    }

    @Test
    void shouldHaveTheKernelFilter() {
        EpollNetlinkChannel listener = fixture.bind(events, Requests.GROUP_NEW | Requests.GROUP_DESTROY);
        EpollNetlinkChannel channel = fixture.bind(answers, 0);
        // the low byte of nlmsg_type: accept only 2, which is a destroy
        listener.attachFilter(BpfInstruction.statement(0x30, 4), new BpfInstruction(0x15, 0, 1, 2),
            BpfInstruction.statement(6, -1), BpfInstruction.statement(6, 0));
        await(channel.writeAndFlush(Requests.create(1, 1)));
        await(channel.writeAndFlush(Requests.flush(2)));
        until("the destroy event", () -> events.count(Requests.DELETE) == 1);
        assertThat(events.datagrams).hasSize(1);

        listener.detachFilter();
        listener.detachFilter();
        await(channel.writeAndFlush(Requests.create(3, 1)));
        until("the new event", () -> events.count(Requests.NEW) == 1);
    }

    @Test
    void shouldRefuseAFilterThatTheKernelRefuses() {
        EpollNetlinkChannel channel = fixture.bind(answers, 0);
        assertThatExceptionOfType(ChannelException.class).as("no return at its end")
            .isThrownBy(() -> channel.attachFilter(BpfInstruction.statement(0x30, 4)));
    }
}
