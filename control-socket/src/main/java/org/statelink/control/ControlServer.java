/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control socket: a Unix-domain stream socket, mode 0600, where each client sends one number and gets text until
 * the connection is closed. Source: docs of conntrackd's control socket, sections 1 and 2.
 *
 * <p>Everything runs on one loop of the group, which must be an epoll one. No client can block another one, nor the
 * daemon: a silent client is closed after a while, and a slow one makes only the writer of its own answer wait.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ControlServer.class);
    private static final int BACKLOG = 100;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final EventLoop loop;
    private final SocketFile file;
    private final ClientLimit limit;
    private final ControlCounters counters = new ControlCounters();
    private Channel channel;

    private ControlServer(EventLoop loop, SocketFile file, ClientLimit limit) {
        this.loop = loop;
        this.file = file;
        this.limit = limit;
    }

    /** As {@link #bind(Path, EventLoopGroup, ControlService, ControlServerOptions)} with the default limits. */
    public static ControlServer bind(Path socket, EventLoopGroup group, ControlService service)
            throws ControlBindException {
        return bind(socket, group, service, ControlServerOptions.DEFAULT);
    }

    /**
     * Opens the socket and waits until it listens, so not to be called on the loop. A file that is at the path is
     * removed; the new one appears when clients can connect. The parent folder must exist.
     *
     * @throws ControlBindException if the path is too long or the socket cannot be opened there
     */
    public static ControlServer bind(Path socket, EventLoopGroup group, ControlService service,
            ControlServerOptions options) throws ControlBindException {
        ControlServer server =
            new ControlServer(group.next(), new SocketFile(socket), new ClientLimit(options.maxClients()));
        server.open(service, options);
        return server;
    }

    private void open(ControlService service, ControlServerOptions options) throws ControlBindException {
        ChannelFuture registered = bootstrap(service, options).register().awaitUninterruptibly();
        channel = registered.channel();
        channel.closeFuture().addListener(closed -> removeFile());
        try {
            rethrow(registered);
            file.prepare(((UnixChannel) channel).fd().intValue());
            rethrow(channel.bind(new DomainSocketAddress(file.bindPath().toString())).awaitUninterruptibly());
            file.publish();
        } catch (IOException e) {
            channel.close().awaitUninterruptibly();
            throw new ControlBindException(file.path(), reason(e), e);
        }
    }

    private ServerBootstrap bootstrap(ControlService service, ControlServerOptions options) {
        return new ServerBootstrap()
            .group(loop, loop)
            .channel(EpollServerDomainSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .handler(limit)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel client) {
                    client.pipeline().addLast("request", new ControlRequestHandler(service, counters, options));
                }
            });
    }

    private static void rethrow(ChannelFuture future) throws IOException {
        if (!future.isSuccess()) {
            throw future.cause() instanceof IOException e ? e : new IOException(future.cause().getMessage());
        }
    }

    /** The kernel's words only: Netty prefixes them with the call, the JDK with the path. */
    private static String reason(IOException e) {
        String text = e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason() : String.valueOf(e.getMessage());
        return text.substring(text.indexOf("): ") < 0 ? 0 : text.indexOf("): ") + 3);
    }

    private void removeFile() {
        try {
            file.remove();
        } catch (IOException e) {
            LOGGER.warn("control socket {} could not be removed: {}", file.path(), reason(e));
        }
    }

    /** Where the socket is. */
    public Path path() {
        return file.path();
    }

    /** What happened on the socket. */
    public ControlCounters counters() {
        return counters;
    }

    /**
     * Stops listening, removes the file and ends all replies with what they have. Waits for the first two, except when
     * called on the loop. Replies that clients have yet to read go on as long as the loop lives.
     */
    @Override
    public void close() {
        Future<?> closed = channel.close();
        try {
            loop.execute(limit::serverCloses);
        } catch (RejectedExecutionException e) {
            LOGGER.debug("the loop was closed before the control socket", e);
        }
        if (!loop.inEventLoop()) {
            closed.awaitUninterruptibly();
        }
    }
}
