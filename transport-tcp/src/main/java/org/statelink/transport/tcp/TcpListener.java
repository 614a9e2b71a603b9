/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.sync.transport.LinkInitializer;
import org.statelink.sync.transport.LinkInput;
import org.statelink.sync.transport.LinkSocketOptions;
import org.statelink.sync.transport.SyncLink;

/** Waits for the peer to connect, and receives. One connection at a time: a new one ends the other. On the loop. */
final class TcpListener implements LinkInput {
    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final int BACKLOG = 1;

    private final EventLoop loop;
    private final InetSocketAddress address;
    private final int receiveBuffer;
    private Channel server;
    private Channel client;
    private boolean receiving = true;

    TcpListener(EventLoop loop, InetSocketAddress address, int receiveBuffer) {
        this.loop = loop;
        this.address = address;
        this.receiveBuffer = receiveBuffer;
    }

    /** Begins to listen for the link; {@code accepted} runs whenever the peer connects. */
    ChannelFuture listen(SyncLink link, LinkInitializer initializer, Runnable accepted) {
        ChannelFuture bound = new ServerBootstrap().group(loop).channelFactory(this::newChannel)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel connection) {
                    initializer.initialize(link, connection.pipeline());
                    replaceClient(connection);
                    accepted.run();
                }
            })
            .bind(address);
        server = bound.channel();
        return bound;
    }

    /** The receive buffer is set here, since the window's scale is agreed upon before a connection is accepted. */
    private EpollServerSocketChannel newChannel() {
        EpollServerSocketChannel channel = new EpollServerSocketChannel(address.getAddress() instanceof Inet6Address
            ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
        LinkSocketOptions.receiveBuffer(channel.config(), receiveBuffer);
        return channel;
    }

    private void replaceClient(Channel connection) {
        LOG.info("connection from {}", connection.remoteAddress());
        if (client != null) {
            client.close();
        }
        client = connection;
        connection.config().setAutoRead(receiving);
        connection.closeFuture().addListener(closed -> {
            if (client == connection) {
                client = null;
            }
        });
    }

    @Override
    public boolean isConnected() {
        return client != null;
    }

    @Override
    public void setReceiving(boolean isReceiving) {
        receiving = isReceiving;
        if (client != null) {
            client.config().setAutoRead(isReceiving);
        }
    }

    @Override
    public void close() {
        server.close();
        if (client != null) {
            client.close();
        }
    }
}
