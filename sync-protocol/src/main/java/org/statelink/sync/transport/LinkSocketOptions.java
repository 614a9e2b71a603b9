/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.IntegerUnixChannelOption;

/**
 * Socket options that dedicated links of several transports need, as the kernel numbers them. For epoll channels.
 * Source: {@code asm-generic/socket.h}.
 */
public final class LinkSocketOptions {
    private static final int SOL_SOCKET = 1;
    private static final IntegerUnixChannelOption SO_SNDBUF = new IntegerUnixChannelOption("SO_SNDBUF", SOL_SOCKET, 7);
    private static final IntegerUnixChannelOption SO_RCVBUF = new IntegerUnixChannelOption("SO_RCVBUF", SOL_SOCKET, 8);
    private static final IntegerUnixChannelOption SO_NO_CHECK =
        new IntegerUnixChannelOption("SO_NO_CHECK", SOL_SOCKET, 11);
    private static final IntegerUnixChannelOption SO_SNDBUFFORCE =
        new IntegerUnixChannelOption("SO_SNDBUFFORCE", SOL_SOCKET, 32);
    private static final IntegerUnixChannelOption SO_RCVBUFFORCE =
        new IntegerUnixChannelOption("SO_RCVBUFFORCE", SOL_SOCKET, 33);

    private LinkSocketOptions() {
    }

    /** Whether UDP checksums are filled in; IPv6 always does. */
    public static void checksum(ChannelConfig config, boolean filledIn) {
        config.setOption(SO_NO_CHECK, filledIn ? 0 : 1);
    }

    /** Send buffer, bytes, which the kernel doubles; 0 leaves the system's default. */
    public static void sendBuffer(ChannelConfig config, int bytes) {
        setBuffer(config, SO_SNDBUFFORCE, SO_SNDBUF, bytes);
    }

    /** Receive buffer, bytes, which the kernel doubles; 0 leaves the system's default. */
    public static void receiveBuffer(ChannelConfig config, int bytes) {
        setBuffer(config, SO_RCVBUFFORCE, SO_RCVBUF, bytes);
    }

    /** Beyond the system's limit if allowed, otherwise up to it. */
    private static void setBuffer(ChannelConfig config, IntegerUnixChannelOption force,
                                  IntegerUnixChannelOption limited, int bytes) {
        if (bytes == 0) {
            return;
        }
        try {
            config.setOption(force, bytes);
        } catch (ChannelException notPrivileged) {
            config.setOption(limited, bytes);
        }
    }
}
