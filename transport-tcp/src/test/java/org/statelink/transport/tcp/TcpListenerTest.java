/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.sync.codec.AckReceiver;
import org.statelink.sync.codec.MessageSequencer;
import org.statelink.sync.codec.StateReceiver;
import org.statelink.sync.codec.SyncPipeline;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;
import org.statelink.sync.transport.LiveNode;
import org.statelink.sync.transport.SyncLink;

/** The receiving half, towards plain sockets. */
final class TcpListenerTest implements MessageSequencer, AckReceiver, StateReceiver {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final SyncCounters counters = new SyncCounters();
    private final List<String> received = new ArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private TcpListener listener;
    private SyncLink link;
    private EpollServerSocketChannel server;

    @BeforeEach
    void listen() {
        listener = new TcpListener(loop, local, 100_000);
        TcpOutput output = new TcpOutput(new TcpConnector(loop, local, 0), 1, loop, 1);
        link = new SyncLink(0, TcpOptions.of("lo", local.getAddress(), local.getAddress(), 3780), 1500, 40, output,
            listener);
        SyncPipeline pipeline = new SyncPipeline(this, Optional.of(this), this, counters);
        ChannelFuture bound = call(() -> listener.listen(link, pipeline, accepted::incrementAndGet));
        server = (EpollServerSocketChannel) bound.syncUninterruptibly().channel();
    }

    @AfterEach
    void close() {
        call(() -> {
            link.close();
            return null;
        });
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void shouldSetTheSocketsOptions() {
        assertThat(server.config().isReuseAddress()).isTrue();
        assertThat(server.config().getBacklog()).isEqualTo(1);
        assertThat(server.config().getReceiveBufferSize()).isEqualTo(200_000);
    }

    @Test
    void shouldServeTheClientThatCameLast() throws IOException {
        try (Socket first = connect(); Socket second = connectAfter(first)) {
            first.setSoTimeout(20_000);
            assertThat(isEnded(first)).isTrue();
            assertThat(call(listener::isConnected)).isTrue();
            assertThat(accepted).hasValue(2);

            second.getOutputStream().write(alive(7));

            LiveNode.await(() -> call(received::size) == 2);
            assertThat(call(() -> List.copyOf(received))).containsExactly("alive 1 from 127.0.0.1",
                "alive 7 from 127.0.0.1");
        }
        LiveNode.await(() -> !call(listener::isConnected));
        assertThat(call(() -> link.counters().bytesReceived())).isEqualTo(16);
    }

    @Test
    void shouldPutMessagesTogetherOfOneConnectionOnly() throws IOException {
        try (Socket first = connect()) {
            first.getOutputStream().write(alive(1), 0, 5);
            LiveNode.await(() -> call(() -> link.counters().bytesReceived()) == 5);
        }
        try (Socket second = connect()) {
            second.getOutputStream().write(alive(2));
            LiveNode.await(() -> call(received::size) == 1);
        }
        assertThat(call(() -> List.copyOf(received))).containsExactly("alive 2 from 127.0.0.1");
        assertThat(call(() -> counters.get(SyncCounter.MALFORMED))).isZero();
    }

    @Test
    void shouldEndAConnectionThatTalksNonsense() throws IOException {
        try (Socket first = connect()) {
            first.setSoTimeout(20_000);
            first.getOutputStream().write(new byte[100]);
            assertThat(isEnded(first)).isTrue();
        }
        assertThat(call(() -> counters.get(SyncCounter.BAD_SIZE))).isEqualTo(1);
    }

    private Socket connect() throws IOException {
        return new Socket(local.getAddress(), server.localAddress().getPort());
    }

    private Socket connectAfter(Socket first) throws IOException {
        first.getOutputStream().write(alive(1));
        LiveNode.await(() -> call(received::size) == 1);
        return connect();
    }

    private static boolean isEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static byte[] alive(int sequence) {
        return new byte[] {0x1a, 0x10, 0, 8, 0, 0, 0, (byte) sequence};
    }

    private <V> V call(Callable<V> task) {
        return loop.submit(task).syncUninterruptibly().getNow();
    }

    @Override
    public boolean admit(SyncLink from, SyncMessage message) {
        received.add("alive " + message.sequence() + " from " + message.sender().getAddress().getHostAddress());
        return true;
    }

    @Override
    public void settle(SyncLink from, SyncMessage message) {
    }

    @Override
    public void acknowledged(int from, int to) {
    }

    @Override
    public void missing(int from, int to) {
    }

    @Override
    public void onState(SyncMessage message) {
    }

    @Override
    public void onResync(SyncMessage message) {
    }

    @Override
    public void onReadComplete() {
    }
}
