/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.sync.transport.LinkOutput;
import org.statelink.sync.transport.LiveNode;

/** Sending over a connection that takes what it is given leaves no garbage. */
final class TcpSendAllocationTest implements LinkOutput.Listener {
    private static final int PACKETS = 50_000;
    private static final int BYTES = 100;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private ResourceLeakDetector.Level level;
    private TcpOutput output;
    private long allocated;
    private int packets;

    @BeforeEach
    void stopDetectingLeaks() {
        // the detector keeps a stack trace per access
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void close() {
        ResourceLeakDetector.setLevel(level);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void shouldAllocateNothingPerPacket() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TcpConnector connector = new TcpConnector(loop,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 0);
            output = new TcpOutput(connector, 128, loop, TimeUnit.MINUTES.toNanos(1));
            output.attach(this);
            run(output::start);
            try (Socket peer = server.accept()) {
                Thread reader = Thread.ofVirtual().start(() -> drain(peer));
                LiveNode.await(() -> call(output::isConnected));
                send();
                send();
                System.out.println("bytes per packet sent: " + (double) allocated / packets);
                assertThat((double) allocated / packets).isLessThan(1);
                run(output::close);
                LiveNode.await(() -> !reader.isAlive());
            }
        }
    }

    private void send() {
        ByteBuf packet = Unpooled.directBuffer(BYTES);
        allocated = 0;
        packets = 0;
        while (packets < PACKETS) {
            LiveNode.await(() -> packet.refCnt() == 1);
            run(() -> sendWhilePossible(packet));
        }
        LiveNode.await(() -> packet.refCnt() == 1);
        packet.release();
    }

    private void sendWhilePossible(ByteBuf packet) {
        long before = threads.getCurrentThreadAllocatedBytes();
        while (packets < PACKETS && packet.refCnt() == 1) {
            output.send(packet.clear().writeZero(BYTES).retain());
            packets++;
        }
        allocated += threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void drain(Socket peer) {
        try {
            peer.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void run(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    private <V> V call(Callable<V> task) {
        return loop.submit(task).syncUninterruptibly().getNow();
    }

    @Override
    public void sent(int bytes) {
    }

    @Override
    public void failed() {
        throw new AssertionError("a send failed");
    }

    @Override
    public void writable() {
    }
}
