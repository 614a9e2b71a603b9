/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.statelink.it.lab.Namespace;

/**
 * A flow of UDP that begins with a greeting, after which both ends send every 10 ms, the far one to where the greeting
 * came from. What is lost is lost; but all has to come from the same address and port.
 */
final class UdpStream extends LiveStream {
    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final int GREETING_MILLIS = 5_000;

    private final Arrivals there = new Arrivals("UDP there");
    private final Arrivals back = new Arrivals("UDP back");

    private UdpStream(DatagramChannel near, SocketAddress called, DatagramChannel far, SocketAddress seen,
            ScheduledExecutorService sender) {
        super("UDP", near, far);
        carry(near, called, sender, there);
        carry(far, seen, sender, back);
        Thread.ofVirtual().name("UDP there").start(() -> receive(far, seen, there));
        Thread.ofVirtual().name("UDP back").start(() -> receive(near, called, back));
    }

    /** Greets a port of another namespace. */
    static UdpStream open(Namespace from, String address, int port, Namespace to, ScheduledExecutorService sender) {
        try {
            DatagramChannel far = to.call(() -> DatagramChannel.open(StandardProtocolFamily.INET));
            DatagramChannel near = from.call(() -> DatagramChannel.open(StandardProtocolFamily.INET));
            SocketAddress called = new InetSocketAddress(address, port);
            far.bind(new InetSocketAddress(port));
            near.send(ByteBuffer.allocate(Integer.BYTES).putInt(0, Site.GREETING), called);
            return new UdpStream(near, called, far, awaitGreeting(far), sender);
        } catch (IOException e) {
            throw new UncheckedIOException("UDP", e);
        }
    }

    /** Where it comes from, as the far end sees it. */
    private static SocketAddress awaitGreeting(DatagramChannel far) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[Integer.BYTES], Integer.BYTES);
        far.socket().setSoTimeout(GREETING_MILLIS);
        far.socket().receive(packet);
        return packet.getSocketAddress();
    }

    private static void carry(DatagramChannel from, SocketAddress to, ScheduledExecutorService sender,
            Arrivals arrivals) {
        ByteBuffer datagram = ByteBuffer.allocate(Integer.BYTES);
        sender.scheduleAtFixedRate(() -> {
            try {
                from.send(datagram.clear(), to);
            } catch (IOException e) {
                arrivals.fault("cannot be sent: " + e);
                throw new UncheckedIOException(e);
            }
        }, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void receive(DatagramChannel at, SocketAddress from, Arrivals arrivals) {
        ByteBuffer datagram = ByteBuffer.allocate(Integer.BYTES);
        try {
            while (true) {
                SocketAddress source = at.receive(datagram.clear());
                if (source.equals(from)) {
                    arrivals.add();
                } else {
                    arrivals.fault("came from " + source + " in the place of " + from);
                }
            }
        } catch (IOException e) {
            arrivals.fault(e.toString());
        }
    }

    @Override
    List<Arrivals> arrivals() {
        return List.of(there, back);
    }
}
