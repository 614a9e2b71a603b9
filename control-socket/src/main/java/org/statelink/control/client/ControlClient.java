/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Sends one request to a daemon; works with this one and with conntrackd. */
public final class ControlClient {
    private static final int BLOCK = 64 * 1024;

    private ControlClient() {
    }

    /**
     * Sends the number and copies the answer until the daemon closes the connection, which may take as long as what
     * was asked for. Blocks; the output is flushed at the end, not closed.
     *
     * @throws ControlConnectException if there is no daemon to ask
     * @throws IOException if the connection or the output breaks
     */
    public static void send(Path socket, int request, OutputStream out) throws IOException {
        try (SocketChannel channel = connect(socket)) {
            ByteBuffer number = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
            number.putInt(request).flip();
            while (number.hasRemaining()) {
                channel.write(number);
            }
            copy(channel, out);
        }
    }

    private static void copy(SocketChannel channel, OutputStream out) throws IOException {
        byte[] block = new byte[BLOCK];
        ByteBuffer buffer = ByteBuffer.wrap(block);
        while (channel.read(buffer) >= 0) {
            out.write(block, 0, buffer.position());
            // what takes long to answer shows as it comes
            out.flush();
            buffer.clear();
        }
    }

    private static SocketChannel connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            if (socket.toString().length() < LongPath.LENGTH) {
                channel.connect(UnixDomainSocketAddress.of(socket));
            } else {
                LongPath.connect(channel, socket);
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new ControlConnectException(e);
        }
    }
}
