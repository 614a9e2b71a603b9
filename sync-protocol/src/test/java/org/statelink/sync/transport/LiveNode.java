/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A loop whose thread is in a namespace, and a link opened on it that keeps what it receives. */
public final class LiveNode implements AutoCloseable {
    private static final int LIMIT_SECONDS = 20;

    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final List<byte[]> received = new CopyOnWriteArrayList<>();

    public LiveNode(String namespace) {
        group = new MultiThreadIoEventLoopGroup(1, new NamespaceThreads(namespace), EpollIoHandler.newFactory());
        loop = group.next();
    }

    public EventLoop loop() {
        return loop;
    }

    /** Packets received, our own excluded. */
    public List<byte[]> received() {
        return received;
    }

    /** All that was received, put together, as a stream delivers it. */
    public byte[] receivedBytes() {
        byte[] all = new byte[0];
        for (byte[] packet : received) {
            int length = all.length;
            all = Arrays.copyOf(all, length + packet.length);
            System.arraycopy(packet, 0, all, length, packet.length);
        }
        return all;
    }

    /** Opens a link that keeps its packets. */
    public Future<SyncLink> open(SyncTransportProvider provider, LinkOptions options) {
        return provider.open(0, options, loop, (link, pipeline) -> {
            pipeline.addLast(new LinkInputHandler(link));
            pipeline.addLast(new Keeper());
        });
    }

    /** Sends a packet of so many equal bytes. */
    public void send(SyncLink link, int bytes, int value) {
        byte[] content = new byte[bytes];
        Arrays.fill(content, (byte) value);
        call(() -> {
            link.send(Unpooled.directBuffer(bytes).writeBytes(content));
            return null;
        });
    }

    /** Calls on the loop and waits. */
    public <V> V call(Callable<V> task) {
        try {
            return loop.inEventLoop() ? task.call() : loop.submit(task).syncUninterruptibly().getNow();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until it is so. */
    public static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not happen within " + LIMIT_SECONDS + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Keeper extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object packet) {
            ByteBuf content = packet instanceof DatagramPacket datagram ? datagram.content() : (ByteBuf) packet;
            byte[] bytes = new byte[content.readableBytes()];
            content.readBytes(bytes);
            received.add(bytes);
            ReferenceCountUtil.release(packet);
        }
    }
}
