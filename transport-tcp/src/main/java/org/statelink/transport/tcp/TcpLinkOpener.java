/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.LinkInitializer;
import org.statelink.sync.transport.LinkInterface;
import org.statelink.sync.transport.SyncLink;

/** Opens one link: listens, then begins to connect. On the link's loop. */
final class TcpLinkOpener {
    /** Bytes of the IPv4 and TCP headers; conntrackd takes the same with IPv6. */
    private static final int OVERHEAD = 40;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(200);

    private final int index;
    private final TcpOptions options;
    private final EventLoop loop;
    private final LinkInitializer initializer;
    private final Promise<SyncLink> promise;
    private InetSocketAddress address;
    private TcpConnector connector;
    private TcpOutput output;
    private TcpListener listener;
    private SyncLink link;
    private long deadline;

    private TcpLinkOpener(int index, TcpOptions options, EventLoop loop, LinkInitializer initializer) {
        this.index = index;
        this.options = options;
        this.loop = loop;
        this.initializer = initializer;
        promise = loop.newPromise();
    }

    static Future<SyncLink> open(int index, TcpOptions options, EventLoop loop, LinkInitializer initializer) {
        TcpLinkOpener opener = new TcpLinkOpener(index, options, loop, initializer);
        loop.execute(opener::open);
        return opener.promise;
    }

    private void open() {
        try {
            LinkInterface device = LinkInterface.named(options.interfaceName());
            address = new InetSocketAddress(device.scoped(options.localAddress()), options.port());
            connector = new TcpConnector(loop,
                new InetSocketAddress(device.scoped(options.destination()), options.port()), options.sendBuffer());
            output = new TcpOutput(connector, options.errorQueueLength(), loop, TcpOutput.PATIENCE);
            listener = new TcpListener(loop, address, options.receiveBuffer());
            link = new SyncLink(index, options, device.mtu(), OVERHEAD, output, listener);
            deadline = System.nanoTime() + PATIENCE;
            listen();
        } catch (LinkException e) {
            promise.tryFailure(e);
        } catch (IOException e) {
            promise.tryFailure(LinkException.ofSocket(options.description(), address, e));
        }
    }

    private void listen() {
        listener.listen(link, initializer, connector::wake).addListener(done -> {
            if (done.isSuccess()) {
                succeed();
            } else if (options.isIpv6() && System.nanoTime() - deadline < 0) {
                // an IPv6 address is not there at once when its interface comes up: it is checked to be unique first
                loop.schedule(this::listen, RETRY, TimeUnit.NANOSECONDS);
            } else {
                promise.tryFailure(LinkException.ofSocket(options.description(), address, done.cause()));
            }
        });
    }

    private void succeed() {
        if (promise.trySuccess(link)) {
            output.start();
        } else {
            link.close();
        }
    }
}
