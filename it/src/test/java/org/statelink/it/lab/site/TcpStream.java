/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.statelink.it.lab.Namespace;

/** A TCP connection over which both ends send numbers, so few that it counts as thin to the kernel. */
final class TcpStream extends LiveStream {
    private static final Duration PERIOD = Duration.ofMillis(50);
    private static final int CONNECT_MILLIS = 5_000;

    private final Arrivals there;
    private final Arrivals back;

    private TcpStream(String name, SocketChannel near, SocketChannel far, ScheduledExecutorService sender)
            throws IOException {
        super(name, near, far);
        there = flow(name + " there", near, far, sender);
        back = flow(name + " back", far, near, sender);
    }

    /** Connects to an address, behind which is a port of the namespace that it leads to. */
    static TcpStream open(String name, Namespace from, String address, int port, Namespace to,
            ScheduledExecutorService sender) {
        try (ServerSocketChannel listener = to.call(() -> ServerSocketChannel.open(StandardProtocolFamily.INET))) {
            listener.bind(new InetSocketAddress(port));
            SocketChannel near = from.call(() -> SocketChannel.open(StandardProtocolFamily.INET));
            near.socket().connect(new InetSocketAddress(InetAddress.getByName(address), port), CONNECT_MILLIS);
            return new TcpStream(name, near, listener.accept(), sender);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static Arrivals flow(String name, SocketChannel from, SocketChannel to, ScheduledExecutorService sender)
            throws IOException {
        from.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Arrivals arrivals = new Arrivals(name);
        Thread.ofVirtual().name(name).start(() -> receive(to, arrivals));
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
        sender.scheduleAtFixedRate(() -> {
            try {
                from.write(number.clear());
                number.putLong(0, number.getLong(0) + 1);
            } catch (IOException e) {
                arrivals.fault("cannot be sent: " + e);
                throw new UncheckedIOException(e);
            }
        }, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return arrivals;
    }

    private static void receive(SocketChannel from, Arrivals arrivals) {
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
        try {
            while (from.read(number) >= 0) {
                if (!number.hasRemaining()) {
                    arrivals.add(number.getLong(0));
                    number.clear();
                }
            }
            arrivals.fault("the other end closed");
        } catch (IOException e) {
            arrivals.fault(e.toString());
        }
    }

    @Override
    List<Arrivals> arrivals() {
        return List.of(there, back);
    }
}
