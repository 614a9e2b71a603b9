/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stands where a daemon's control socket would be, and notes what it is asked. */
final class RecordingSocket implements AutoCloseable {
    private final Path path;
    private final ServerSocketChannel server;
    private final List<Integer> requests = new ArrayList<>();

    RecordingSocket(Path path) throws IOException {
        this.path = path;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Thread.ofPlatform().daemon().start(this::serve);
    }

    Path path() {
        return path;
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    answer(client);
                }
            }
        } catch (ClosedChannelException e) {
            // the test is over
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(SocketChannel client) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder());
        int read;
        do {
            read = client.read(request);
        } while (read > 0 && request.hasRemaining());
        synchronized (requests) {
            requests.add(request.getInt(0));
        }
        client.write(ByteBuffer.wrap("answer\n".getBytes(StandardCharsets.UTF_8)));
    }

    /** The requests since the last call. A client that has seen its answer has been noted. */
    List<Integer> take() {
        synchronized (requests) {
            List<Integer> taken = List.copyOf(requests);
            requests.clear();
            return taken;
        }
    }

    @Override
    public void close() throws IOException {
        // the path first: a thread that waits to accept may let one more in
        Files.deleteIfExists(path);
        server.close();
    }
}
