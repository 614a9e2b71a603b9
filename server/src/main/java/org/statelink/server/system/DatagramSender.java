/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;

/**
 * Sends texts as datagrams to a Unix socket, {@code unix(7)}. The socket is looked for each time, so that its owner may
 * come, go and come back. Never waits: what cannot be taken at once is not sent. Any thread.
 *
 * <p>The library behind it takes a good part of a second to load, so this class is not to be touched until there is
 * somebody to send to.
 */
public final class DatagramSender implements AutoCloseable {
    private final UnixDatagramChannel channel;
    private final UnixSocketAddress receiver;

    private DatagramSender(UnixDatagramChannel channel, UnixSocketAddress receiver) {
        this.channel = channel;
        this.receiver = receiver;
    }

    /**
     * Sends to this address, where nobody need be yet.
     *
     * @param address a path; with {@code @} before it, a name in the abstract namespace
     * @throws IOException if the system gives no socket
     */
    public static DatagramSender to(String address) throws IOException {
        UnixDatagramChannel channel = UnixDatagramChannel.open();
        channel.configureBlocking(false);
        String name = address.startsWith("@") ? "\0" + address.substring(1) : address;
        return new DatagramSender(channel, new UnixSocketAddress(name));
    }

    /** Sends one datagram. Returns whether it was taken. */
    public synchronized boolean send(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try {
            return channel.send(bytes, receiver) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
