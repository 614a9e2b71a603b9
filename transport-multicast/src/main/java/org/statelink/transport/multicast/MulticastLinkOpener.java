/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.multicast;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.LinkInitializer;
import org.statelink.sync.transport.LinkInterface;
import org.statelink.sync.transport.SyncLink;

/**
 * Opens one link: a socket that sends, connected to the group, and one that receives, bound to the wildcard address.
 * On the link's loop.
 */
final class MulticastLinkOpener {
    /** Bytes of the IPv4 and UDP headers; conntrackd takes the same with IPv6. */
    private static final int OVERHEAD = 28;
    private static final int MAX_DATAGRAM = 65_536;
    private static final int DATAGRAMS_PER_READ = 4;
    private static final int MAX_READS = 16;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int ADDRESS_LENGTH_V4 = 4;
    private static final int ADDRESS_LENGTH_V6 = 16;

    private final int index;
    private final MulticastOptions options;
    private final EventLoop loop;
    private final LinkInitializer initializer;
    private final Promise<SyncLink> promise;
    private EpollDatagramChannel output;
    private EpollDatagramChannel input;
    private SyncLink link;
    private long deadline;

    MulticastLinkOpener(int index, MulticastOptions options, EventLoop loop, LinkInitializer initializer,
                        Promise<SyncLink> promise) {
        this.index = index;
        this.options = options;
        this.loop = loop;
        this.initializer = initializer;
        this.promise = promise;
    }

    /** Opens the link and completes the promise. */
    void open() {
        deadline = System.nanoTime() + PATIENCE;
        tryOpen();
    }

    private void tryOpen() {
        try {
            LinkInterface device = LinkInterface.named(options.interfaceName());
            InetAddress local = localAddress(device);
            output = newChannel();
            input = newChannel();
            MulticastSocketOptions.sendOn(output.config(), options, local, device.index());
            MulticastSocketOptions.receiveOn(input.config(), options, local, device.index());
            configure();
            after(loop.register(output), () -> after(loop.register(input), () -> connect(device)));
        } catch (LinkException e) {
            fail(e);
        } catch (IOException | ChannelException e) {
            fail(socketFailure(e));
        }
    }

    private EpollDatagramChannel newChannel() {
        return new EpollDatagramChannel(options.isIpv6() ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    }

    /** Address that the packets leave from; null with IPv6, where the kernel finds it by the interface. */
    private InetAddress localAddress(LinkInterface device) throws LinkException {
        if (options.isIpv6()) {
            return null;
        }
        if (options.localAddress() != null) {
            device.requireAddress(options.localAddress());
            return options.localAddress();
        }
        for (InetAddress address : Collections.list(device.device().getInetAddresses())) {
            if (address instanceof Inet4Address) {
                return address;
            }
        }
        throw new LinkException(LinkException.Reason.NO_ADDRESS,
            "interface `" + device.name() + "' has no IPv4 address");
    }

    private void configure() {
        output.config().setAutoRead(false);
        input.config().setMaxDatagramPayloadSize(MAX_DATAGRAM);
        input.config().setRecvByteBufAllocator(
            new FixedRecvByteBufAllocator(MAX_DATAGRAM * DATAGRAMS_PER_READ).maxMessagesPerRead(MAX_READS));
    }

    private void connect(LinkInterface device) {
        try {
            output.connect(groupOn(device)).addListener(done -> {
                if (done.isSuccess()) {
                    bind(device);
                } else {
                    connectFailed(done.cause());
                }
            });
        } catch (IOException e) {
            fail(socketFailure(e));
        }
    }

    /** An IPv6 address is not there at once when its interface comes up: it is checked to be unique first. */
    private void connectFailed(Throwable cause) {
        if (options.isIpv6() && System.nanoTime() - deadline < 0) {
            closeChannels();
            loop.schedule(this::tryOpen, RETRY, TimeUnit.NANOSECONDS);
        } else {
            fail(socketFailure(cause));
        }
    }

    private void bind(LinkInterface device) {
        link = new SyncLink(index, options, device.mtu(), OVERHEAD, output, input);
        initializer.initialize(link, input.pipeline());
        try {
            after(input.bind(wildcard()), this::succeed);
        } catch (IOException e) {
            fail(socketFailure(e));
        }
    }

    private void succeed() {
        if (!promise.trySuccess(link)) {
            closeChannels();
        }
    }

    private InetSocketAddress groupOn(LinkInterface device) throws IOException {
        InetAddress group = options.isIpv6()
            ? Inet6Address.getByAddress(null, options.group().getAddress(), device.index()) : options.group();
        return new InetSocketAddress(group, options.port());
    }

    private InetSocketAddress wildcard() throws IOException {
        int length = options.isIpv6() ? ADDRESS_LENGTH_V6 : ADDRESS_LENGTH_V4;
        return new InetSocketAddress(InetAddress.getByAddress(new byte[length]), options.port());
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
        return new LinkException(LinkException.Reason.SOCKET, "cannot open the multicast link on `"
            + options.interfaceName() + "' to " + options.group().getHostAddress() + " port " + options.port() + ": "
            + cause.getMessage(), cause);
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
