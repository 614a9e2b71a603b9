/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.sync.transport.LinkOutput;
import org.statelink.sync.transport.LiveNode;

/** The sending half, towards a plain socket that the test reads or does not read. */
final class TcpOutputTest implements LinkOutput.Listener {
    private static final int QUEUE = 8;
    private static final int LARGE = 60_000;
    private static final long LONG = TimeUnit.MINUTES.toNanos(1);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private ServerSocket server;
    private TcpOutput output;
    private final AtomicInteger packetsSent = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger writableCalls = new AtomicInteger();

    @AfterEach
    void close() throws IOException {
        if (output != null) {
            call(() -> {
                output.close();
                return null;
            });
        }
        if (server != null) {
            server.close();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void shouldSendAtOnceAndGiveTheBufferBack() throws IOException {
        listen(0);
        open(LONG);
        try (Socket peer = server.accept()) {
            LiveNode.await(() -> call(output::isConnected));
            ByteBuf packet = Unpooled.directBuffer().writeLong(42);
            call(() -> {
                output.send(packet.retain());
                assertThat(packet.refCnt()).as("done with at once").isEqualTo(1);
                return null;
            });
            packet.release();

            assertThat(peer.getInputStream().readNBytes(8)).containsExactly(0, 0, 0, 0, 0, 0, 0, 42);
            assertThat(packetsSent).hasValue(1);
            assertThat(call(output::isWritable)).isTrue();
        }
    }

    @Test
    void shouldKeepABoundedNumberOfPacketsAndDropTheOldest() throws IOException {
        reservePort();
        open(LONG);
        for (int number = 1; number <= QUEUE + 5; number++) {
            send(10, number);
        }
        assertThat(call(output::queueLength)).isEqualTo(QUEUE);
        assertThat(call(output::queueDrops)).isEqualTo(5);
        assertThat(call(output::queueCapacity)).isEqualTo(QUEUE);
        assertThat(call(output::isWritable)).isFalse();

        listen(server.getLocalPort());
        try (Socket peer = server.accept()) {
            for (int number = 6; number <= QUEUE + 5; number++) {
                assertThat(peer.getInputStream().readNBytes(10)).containsOnly(number);
            }
        }
    }

    @Test
    void shouldAskToWaitBeforeAnythingIsLostButNotForEver() throws IOException {
        reservePort();
        open(TimeUnit.MILLISECONDS.toNanos(300));
        int number = 0;
        while (call(output::isWritable)) {
            send(10, ++number);
        }
        assertThat(number).isEqualTo(QUEUE / 2);

        LiveNode.await(() -> writableCalls.get() > 0);

        assertThat(call(output::isWritable)).as("has given up").isTrue();
        assertThat(call(output::queueDrops)).isZero();
    }

    @Test
    void shouldSendAgainWholeWhatAConnectionTookInPart() throws IOException {
        listen(0);
        open(LONG);
        int number = 0;
        try (Socket first = server.accept()) {
            LiveNode.await(() -> call(output::isConnected));
            // until the kernel takes no more: one packet is on its way, in part
            while (call(output::queueLength) == 0) {
                send(LARGE, ++number);
            }
            assertThat(call(output::isConnected)).isTrue();
            send(LARGE, ++number);
            first.setSoLinger(true, 0);
        }
        int inPart = number - 2;
        assertThat(packetsSent).hasValue(inPart - 1);
        try (Socket second = server.accept()) {
            InputStream in = second.getInputStream();
            for (int expected = inPart; expected <= number; expected++) {
                assertThat(in.readNBytes(LARGE)).as("packet " + expected).hasSize(LARGE).containsOnly(expected);
            }
            assertThat(failures).hasValue(1);
            LiveNode.await(() -> packetsSent.get() == inPart + 2);
        }
    }

    @Test
    void shouldDeliverEverythingToAReaderThatPauses() throws IOException {
        listen(0);
        open(LONG);
        try (Socket peer = server.accept()) {
            LiveNode.await(() -> call(output::isConnected));
            InputStream in = peer.getInputStream();
            int sent = 0;
            int read = 0;
            for (int pause = 0; pause < 3; pause++) {
                while (call(output::isWritable)) {
                    send(LARGE, ++sent % 100);
                }
                assertThat(call(output::queueLength)).isPositive();
                while (read < sent) {
                    assertThat(in.readNBytes(LARGE)).containsOnly(++read % 100);
                }
                LiveNode.await(() -> call(output::queueLength) == 0);
            }
            assertThat(call(output::queueDrops)).isZero();
            assertThat(writableCalls).hasPositiveValue();
        }
    }

    @Test
    void shouldReleaseWhatWaitsWhenClosed() throws IOException {
        reservePort();
        open(LONG);
        ByteBuf packet = Unpooled.directBuffer().writeLong(42);
        call(() -> {
            output.send(packet.retain());
            output.close();
            output.send(packet.retain());
            return null;
        });
        assertThat(packet.refCnt()).isEqualTo(1);
        packet.release();
        assertThat(failures).hasValue(1);
    }

    private void listen(int port) throws IOException {
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.setReceiveBufferSize(1 << 16);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setSoTimeout(20_000);
    }

    /** A port on which nobody listens. */
    private void reservePort() throws IOException {
        listen(0);
        server.close();
    }

    private void open(long patience) {
        TcpConnector connector = new TcpConnector(loop,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 1 << 16);
        output = new TcpOutput(connector, QUEUE, loop, patience);
        output.attach(this);
        call(() -> {
            output.start();
            return null;
        });
    }

    private void send(int bytes, int value) {
        byte[] content = new byte[bytes];
        Arrays.fill(content, (byte) value);
        call(() -> {
            output.send(Unpooled.directBuffer(bytes).writeBytes(content));
            return null;
        });
    }

    private <V> V call(Callable<V> task) {
        return loop.submit(task).syncUninterruptibly().getNow();
    }

    @Override
    public void sent(int bytes) {
        packetsSent.incrementAndGet();
    }

    @Override
    public void failed() {
        failures.incrementAndGet();
    }

    @Override
    public void writable() {
        writableCalls.incrementAndGet();
    }
}
