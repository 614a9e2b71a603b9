/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a link of datagrams: a socket that sends, connected to the destination, and one that receives. On the link's
 * loop. Without a route to the destination, as when the cable is not plugged in yet, the link opens nevertheless and
 * loses what is sent until there is one.
 */
public final class DatagramLinkOpener {
    private static final Logger LOG = LoggerFactory.getLogger(DatagramLinkOpener.class);
    /** Bytes of the IPv4 and UDP headers; conntrackd takes the same with IPv6. */
    private static final int OVERHEAD = 28;
    private static final int MAX_DATAGRAM = 65_536;
    private static final int DATAGRAMS_PER_READ = 4;
    private static final int MAX_READS = 16;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long ROUTE_RETRY = TimeUnit.SECONDS.toNanos(1);

    private final int index;
    private final LinkOptions options;
    private final DatagramEndpoint endpoint;
    private final EventLoop loop;
    private final LinkInitializer initializer;
    private final Promise<SyncLink> promise;
    private LinkInterface device;
    private EpollDatagramChannel output;
    private EpollDatagramChannel input;
    private DatagramOutput sender;
    private SyncLink link;
    private long deadline;

    private DatagramLinkOpener(int index, LinkOptions options, DatagramEndpoint endpoint, EventLoop loop,
                               LinkInitializer initializer) {
        this.index = index;
        this.options = options;
        this.endpoint = endpoint;
        this.loop = loop;
        this.initializer = initializer;
        promise = loop.newPromise();
    }

    /** Opens a link as {@link SyncTransportProvider#open} says. */
    public static Future<SyncLink> open(int index, LinkOptions options, DatagramEndpoint endpoint, EventLoop loop,
                                        LinkInitializer initializer) {
        DatagramLinkOpener opener = new DatagramLinkOpener(index, options, endpoint, loop, initializer);
        loop.execute(opener::open);
        return opener.promise;
    }

    private void open() {
        deadline = System.nanoTime() + PATIENCE;
        tryOpen();
    }

    private void tryOpen() {
        try {
            device = LinkInterface.named(options.interfaceName());
            output = newOutput();
            input = newChannel();
            endpoint.configureInput(device, input.config());
            input.config().setMaxDatagramPayloadSize(MAX_DATAGRAM);
            input.config().setRecvByteBufAllocator(
                new FixedRecvByteBufAllocator(MAX_DATAGRAM * DATAGRAMS_PER_READ).maxMessagesPerRead(MAX_READS));
            after(loop.register(output), () -> after(loop.register(input), this::connect));
        } catch (LinkException e) {
            fail(e);
        } catch (IOException | ChannelException e) {
            fail(socketFailure(e));
        }
    }

    private EpollDatagramChannel newOutput() throws IOException {
        EpollDatagramChannel channel = newChannel();
        try {
            endpoint.configureOutput(device, channel.config());
        } catch (IOException | ChannelException e) {
            close(channel);
            throw e;
        }
        channel.config().setAutoRead(false);
        return channel;
    }

    private EpollDatagramChannel newChannel() {
        return new EpollDatagramChannel(endpoint.isIpv6() ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    }

    private void connect() {
        try {
            output.connect(endpoint.destination(device)).addListener(done -> {
                if (done.isSuccess()) {
                    bind();
                } else if (!retried()) {
                    withoutRoute(done.cause());
                }
            });
        } catch (IOException e) {
            fail(socketFailure(e));
        }
    }

    private void withoutRoute(Throwable cause) {
        if (cause instanceof NoRouteToHostException) {
            LOG.warn("{} has no route yet: {}", endpoint.description(), cause.getMessage());
            bind();
            connectLater();
        } else {
            fail(socketFailure(cause));
        }
    }

    private void bind() {
        sender = new DatagramOutput(output);
        link = new SyncLink(index, options, device.mtu(), OVERHEAD, sender, new DatagramInput(input));
        initializer.initialize(link, input.pipeline());
        try {
            InetSocketAddress address = endpoint.receiveAddress(device);
            input.bind(address).addListener(done -> {
                if (done.isSuccess()) {
                    succeed();
                } else if (!retried()) {
                    fail(LinkException.ofSocket(endpoint.description(), address, done.cause()));
                }
            });
        } catch (IOException e) {
            fail(socketFailure(e));
        }
    }

    private void connectLater() {
        loop.schedule(() -> {
            if (!sender.isClosed() && input.isOpen()) {
                connectAgain();
            }
        }, ROUTE_RETRY, TimeUnit.NANOSECONDS);
    }

    /** With another channel, since one that failed to connect is closed. */
    private void connectAgain() {
        try {
            EpollDatagramChannel channel = newOutput();
            loop.register(channel).addListener(registered ->
                channel.connect(endpoint.destination(device)).addListener(done -> {
                    if (!done.isSuccess()) {
                        connectLater();
                    } else if (sender.isClosed()) {
                        channel.close();
                    } else {
                        sender.use(channel);
                    }
                }));
        } catch (IOException | ChannelException e) {
            LOG.debug("{}", endpoint.description(), e);
            connectLater();
        }
    }

    /** An IPv6 address is not there at once when its interface comes up: it is checked to be unique first. */
    private boolean retried() {
        if (!endpoint.isIpv6() || System.nanoTime() - deadline >= 0) {
            return false;
        }
        closeChannels();
        loop.schedule(this::tryOpen, RETRY, TimeUnit.NANOSECONDS);
        return true;
    }

    private void succeed() {
        if (!promise.trySuccess(link)) {
            closeChannels();
        }
    }

    private void after(ChannelFuture step, Runnable next) {
        step.addListener(done -> {
            if (done.isSuccess()) {
                next.run();
            } else {
                fail(socketFailure(done.cause()));
            }
        });
    }

    private LinkException socketFailure(Throwable cause) {
        return new LinkException(LinkException.Reason.SOCKET,
            "cannot open " + endpoint.description() + ": " + cause.getMessage(), cause);
    }

    private void fail(LinkException failure) {
        closeChannels();
        promise.tryFailure(failure);
    }

    private void closeChannels() {
        close(output);
        close(input);
    }

    private static void close(Channel channel) {
        if (channel == null) {
            return;
        }
        if (channel.isRegistered()) {
            channel.close();
        } else {
            channel.unsafe().closeForcibly();
        }
    }
}
