/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.sync.codec.SyncStreamDecoder;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;
import org.statelink.sync.transport.LinkInputHandler;
import org.statelink.sync.transport.LiveNode;
import org.statelink.sync.transport.SyncLink;

/** The receiving half, towards plain sockets. */
final class TcpListenerTest {
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
        ChannelFuture bound = call(() -> listener.listen(link, this::initialize, accepted::incrementAndGet));
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
            assertThat(call(() -> List.copyOf(received))).containsExactly("1 from 127.0.0.1",
                "7 from 127.0.0.1");
        }
        LiveNode.await(() -> !call(listener::isConnected));
        assertThat(call(() -> link.counters().bytesReceived())).isEqualTo(16);
    }

    @Test
    void shouldPauseAndGoOn() throws IOException {
        call(() -> {
            link.setReceiving(false);
            return null;
        });
        try (Socket client = connect()) {
            LiveNode.await(() -> call(listener::isConnected));
            client.getOutputStream().write(alive(3));
            assertThat(call(received::size)).isZero();
            call(() -> {
                link.setReceiving(true);
                return null;
            });
            LiveNode.await(() -> call(received::size) == 1);
        }
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
        assertThat(call(() -> List.copyOf(received))).containsExactly("2 from 127.0.0.1");
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

    private void initialize(SyncLink ofLink, ChannelPipeline pipeline) {
        pipeline.addLast(new LinkInputHandler(ofLink), new SyncStreamDecoder(counters), new Collector());
    }

    private final class Collector extends SimpleChannelInboundHandler<SyncMessage> {
        Collector() {
            super(SyncMessage.class);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, SyncMessage message) {
            received.add(message.sequence() + " from " + message.sender().getAddress().getHostAddress());
        }
    }
}
