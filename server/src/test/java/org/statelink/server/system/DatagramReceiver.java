/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;

/** A Unix datagram socket that keeps what comes, as systemd and syslog daemons have one. */
public final class DatagramReceiver implements AutoCloseable {
    private static final long LIMIT_SECONDS = 10;

    private final UnixDatagramChannel channel;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    private DatagramReceiver(UnixDatagramChannel channel) {
        this.channel = channel;
    }

    /** Listens at a path, or with {@code @} at a name of the abstract namespace. */
    public static DatagramReceiver at(String address) throws IOException {
        DatagramReceiver receiver = deafAt(address);
        Thread.ofPlatform().daemon().start(receiver::receive);
        return receiver;
    }

    /** Likewise, but takes nothing, so that the kernel's queue fills up. */
    public static DatagramReceiver deafAt(String address) throws IOException {
        UnixDatagramChannel channel = UnixDatagramChannel.open();
        channel.bind(new UnixSocketAddress(address.startsWith("@") ? "\0" + address.substring(1) : address));
        return new DatagramReceiver(channel);
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        try {
            while (channel.isOpen()) {
                channel.receive(buffer.clear());
                received.add(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** The next one, waiting a while for it; null if none comes. */
    public String next() throws InterruptedException {
        return received.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** How many have come that were not asked for yet. */
    public int waiting() {
        return received.size();
    }

    /** Forgets what has come. */
    public void clear() {
        received.clear();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
