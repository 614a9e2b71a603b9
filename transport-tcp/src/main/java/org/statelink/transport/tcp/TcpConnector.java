/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.sync.transport.LinkSocketOptions;

/** Keeps a connection to the peer: connects, and connects again when it is lost. On the link's loop. */
final class TcpConnector {
    private static final Logger LOG = LoggerFactory.getLogger(TcpConnector.class);
    private static final int CONNECT_TIMEOUT_MILLIS = 2000;
    /** A connection whose peer acknowledges nothing for so long is given up: the kernel alone would take minutes. */
    private static final int USER_TIMEOUT_MILLIS = 20_000;

    private final EventLoop loop;
    private final InetSocketAddress destination;
    private final int sendBuffer;
    private final Backoff backoff = new Backoff();
    private final ConnectionHandler handler = new ConnectionHandler();
    private Listener listener;
    private Channel channel;
    private Future<?> timer;
    private boolean closed;

    TcpConnector(EventLoop loop, InetSocketAddress destination, int sendBuffer) {
        this.loop = loop;
        this.destination = destination;
        this.sendBuffer = sendBuffer;
    }

    /** Is told of the connection. */
    interface Listener {
        /** There is a connection, that takes a {@link ByteBuf} per packet and is writable when it took all of it. */
        void connected(Channel connection);

        /** The connection took all that it was given. */
        void writable();

        /** The connection is no more. */
        void disconnected();
    }

    /** Begins to connect. */
    void start(Listener toListener) {
        listener = toListener;
        connect();
    }

    /** The peer is there: an attempt that waits need not wait any longer. */
    void wake() {
        if (timer != null && timer.cancel(false)) {
            connect();
        }
    }

    /** Closes the connection, makes no other. */
    void close() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
        }
        if (channel != null) {
            channel.close();
        }
    }

    private void connect() {
        timer = null;
        channel = bootstrap().connect(destination).addListener(done -> {
            if (!done.isSuccess()) {
                LOG.debug("no connection to {}: {}", destination, done.cause().getMessage());
                connectAfter(backoff.failed());
            }
        }).channel();
    }

    private void connectAfter(long nanos) {
        if (!closed) {
            timer = loop.schedule(this::connect, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private Bootstrap bootstrap() {
        return new Bootstrap().group(loop).channelFactory(this::newChannel).handler(handler)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            // packets are batches already; waiting for more would only delay them
            .option(ChannelOption.TCP_NODELAY, true)
            .option(EpollChannelOption.TCP_USER_TIMEOUT, USER_TIMEOUT_MILLIS)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1, 1));
    }

    private EpollSocketChannel newChannel() {
        EpollSocketChannel connection = new EpollSocketChannel(destination.getAddress() instanceof Inet6Address
            ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
        LinkSocketOptions.sendBuffer(connection.config(), sendBuffer);
        return connection;
    }

    /** Nothing comes in on this connection; what does is dropped. */
    @ChannelHandler.Sharable
    private final class ConnectionHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            LOG.info("connected to {}", destination);
            backoff.connected(Ticker.systemTicker().nanoTime());
            listener.connected(ctx.channel());
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (ctx.channel().isWritable()) {
                listener.writable();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object received) {
            ReferenceCountUtil.release(received);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("connection to {}: {}", destination, cause.getMessage());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            LOG.info("connection to {} lost", destination);
            listener.disconnected();
            connectAfter(backoff.lost(Ticker.systemTicker().nanoTime()));
        }
    }
}
