/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.statelink.netlink.epoll.LinuxConstants.ENOBUFS;
import static org.statelink.netlink.epoll.LinuxConstants.SOL_SOCKET;
import static org.statelink.netlink.epoll.LinuxConstants.SO_RCVBUF;
import static org.statelink.netlink.epoll.LinuxConstants.SO_RCVBUFFORCE;
import static org.statelink.netlink.epoll.NetlinkFixture.await;
import static org.statelink.netlink.epoll.NetlinkFixture.until;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.netlink.NetlinkAddress;
import org.statelink.netlink.NetlinkProtocol;

/**
 * What the channel relies on of Netty's epoll classes, which their makers call unstable: to be looked at with every new
 * version of Netty. The channel's own tests cover what is built upon it.
 */
class NettyEpollContractIT {
    private static final int ENOENT = 2;

    private final NetlinkFixture fixture = new NetlinkFixture();
    private final Recorder answers = new Recorder();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldAddOneBitAtATime() {
        EpollIoOps both = EpollIoOps.EPOLLERR.with(EpollIoOps.EPOLLIN);
        EpollIoOps others = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT);
        assertThat(both.contains(others)).as("contains means any of them").isTrue();
        assertThat(both.with(others)).as("with adds nothing if any is there").isEqualTo(both);
        assertThat(both.without(EpollIoOps.EPOLLIN)).isEqualTo(EpollIoOps.EPOLLERR);
    }

    @Test
    void shouldLoseTheDescriptorBySubmittingNothing() throws Exception {
        NetlinkSocket socket = fixture.network.call(() -> new NetlinkSocket(NetlinkProtocol.NETFILTER));
        IoRegistration registration = register(new Handle(socket));
        fixture.onLoop(() -> {
            registration.submit(EpollIoOps.EPOLLERR);
            registration.submit(EpollIoOps.NONE);
            assertThatThrownBy(() -> registration.submit(EpollIoOps.EPOLLIN))
                .isInstanceOf(UncheckedIOException.class).cause()
                .isInstanceOfSatisfying(NativeIoException.class, e -> assertThat(e.expectedErr()).isEqualTo(-ENOENT));
            return registration.cancel();
        });
        socket.close();
    }

    @Test
    void shouldBeToldErrorsUntilSomebodyTakesThem() throws Exception {
        NetlinkSocket socket = fixture.network.call(() -> new NetlinkSocket(NetlinkProtocol.NETFILTER));
        socket.setOption(SOL_SOCKET, SO_RCVBUFFORCE, SO_RCVBUF, 4096);
        socket.bind(new NetlinkAddress(0, Requests.GROUP_NEW));
        Handle handle = new Handle(socket);
        IoRegistration registration = register(handle);
        fixture.onLoop(() -> registration.submit(EpollIoOps.EPOLLERR));
        await(fixture.bind(answers, 0).writeAndFlush(Requests.createAll(200)));
        until("an error told again and again", () -> handle.calls.get() > 100);

        handle.taking.set(true);
        until("the error taken", () -> handle.taken.get() == ENOBUFS);
        fixture.spin(3);
        int calls = handle.calls.get();
        fixture.spin(100);
        assertThat(handle.calls.get()).isEqualTo(calls);
        fixture.onLoop(registration::cancel);
        socket.close();
    }

    @Test
    void shouldGiveDirectBuffersAnAddress() {
        ByteBufAllocator[] allocators = {ByteBufAllocator.DEFAULT, new AdaptiveByteBufAllocator(),
            PooledByteBufAllocator.DEFAULT};
        for (ByteBufAllocator allocator : allocators) {
            ByteBuf buffer = allocator.directBuffer(4096, 4096);
            assertThat(buffer.hasMemoryAddress()).as(allocator.toString()).isTrue();
            assertThat(buffer.memoryAddress()).isNotZero();
            buffer.release();
        }
    }

    private IoRegistration register(Handle handle) {
        var registration = ((IoEventLoop) fixture.group.next()).register(handle);
        await(registration);
        return registration.getNow();
    }

    /** Counts what it is told, and takes the error if it is allowed to. */
    private static final class Handle implements EpollIoHandle {
        final AtomicInteger calls = new AtomicInteger();
        final AtomicInteger taken = new AtomicInteger();
        final AtomicBoolean taking = new AtomicBoolean();
        private final NetlinkSocket socket;

        Handle(NetlinkSocket socket) {
            this.socket = socket;
        }

        @Override
        public FileDescriptor fd() {
            return socket.fd();
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            calls.incrementAndGet();
            if (taking.get() && ((EpollIoEvent) event).ops().contains(EpollIoOps.EPOLLERR)) {
                taken.set(take());
            }
        }

        private int take() {
            try {
                return socket.takeError();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
        }
    }
}
