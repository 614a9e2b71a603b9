/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A client that answers itself: for the making of a cache of classes, which has to see all that a client does. Its
 * arguments are the path of the socket, and then those of the client.
 */
final class ClientTraining {
    private ClientTraining() {
    }

    /** Ends the JVM as the client does. */
    public static void main(String[] arguments) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(Path.of(arguments[0])));
        Thread.ofPlatform().daemon().start(() -> answer(server));
        String[] rest = new String[arguments.length - 1];
        System.arraycopy(arguments, 1, rest, 0, rest.length);
        Main.main(rest);
    }

    private static void answer(ServerSocketChannel server) {
        try (SocketChannel client = server.accept()) {
            client.read(ByteBuffer.allocate(Integer.BYTES));
            client.write(ByteBuffer.wrap("cache internal:\n".getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            System.err.println("training failed: " + e.getMessage());
        }
    }
}
