/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.metrics;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.config.Metrics;
import org.statelink.control.ClientLimit;
import org.statelink.server.system.StartException;

/**
 * Metrics and health over HTTP. Each connection is good for one request and ends after a few seconds whatever it does;
 * there are few at a time, further ones wait in the kernel. On the control loop.
 */
public final class MetricsServer implements AutoCloseable {
    /** Connections at a time. */
    static final int MAX_CLIENTS = 32;
    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
    private static final Duration LIFE = Duration.ofSeconds(10);
    private static final int MAX_LINE = 1024;
    private static final int MAX_HEADERS = 8192;

    private final JvmMetrics jvm;
    private final Channel channel;

    private MetricsServer(JvmMetrics jvm, Channel channel) {
        this.jvm = jvm;
        this.channel = channel;
    }

    /**
     * Listens, and waits until it does, so not to be called on the loop.
     *
     * @throws StartException if it cannot listen there
     */
    public static MetricsServer open(InetSocketAddress address, EventLoopGroup group, Exporter exporter)
        throws StartException {
        return open(address, group, exporter, LIFE);
    }

    /** Likewise, with connections that live so long at most. */
    static MetricsServer open(InetSocketAddress address, EventLoopGroup group, Exporter exporter, Duration life)
        throws StartException {
        JvmMetrics jvm = new JvmMetrics();
        ChannelFuture bound = new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .handler(new ClientLimit(MAX_CLIENTS))
            .childHandler(new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel client) {
                    client.pipeline().addLast(
                        new HttpServerCodec(new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE)
                            .setMaxHeaderSize(MAX_HEADERS)),
                        new MetricsHandler(exporter, jvm, life));
                }
            })
            .bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            jvm.close();
            throw StartException.because("can't tell metrics on " + Metrics.format(address), bound.cause());
        }
        LOG.info("metrics and health on http://{}/", Metrics.format(address));
        return new MetricsServer(jvm, bound.channel());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        jvm.close();
    }
}
