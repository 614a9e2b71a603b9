/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control.client;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Connects to a socket whose path is as long as the kernel allows, 107 bytes, which is one more than the JDK takes:
 * by way of a symbolic link, which lives as long as the call.
 */
final class LongPath {
    /** From so many characters on the way is needed. */
    static final int LENGTH = 107;

    private LongPath() {
    }

    static void connect(SocketChannel channel, Path socket) throws IOException {
        Path folder = Files.createTempDirectory("ctl");
        Path link = folder.resolve("l");
        try {
            Files.createSymbolicLink(link, socket.toAbsolutePath());
            channel.connect(UnixDomainSocketAddress.of(link));
        } finally {
            Files.deleteIfExists(link);
            Files.delete(folder);
        }
    }
}
