/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import io.netty.channel.Channel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether a client that has ended its input is still there. A send of nothing tells: {@code unix_stream}
 * sockets refuse it with {@code EPIPE} once the other side is closed.
 *
 * <p>It is asked now and then because the epoll transport does not pass on {@code EPOLLHUP}, which it cannot mask
 * either: it would spin on the socket until something is written to it.
 */
final class Hangup {
    private static final long PERIOD_MILLIS = 100;
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(1);

    private Hangup() {
    }

    /** Closes the channel as soon as its peer is gone; called on its loop. */
    static void watch(Channel channel) {
        if (!channel.isOpen() || !(channel instanceof UnixChannel unix)) {
            return;
        }
        if (isGone((Socket) unix.fd())) {
            channel.close();
        } else {
            channel.eventLoop().schedule(() -> watch(channel), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static boolean isGone(Socket socket) {
        try {
            socket.send(NOTHING, 0, 0);
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
