/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads back from the kernel what was set. */
final class MulticastSocketOptionsTest {
    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;
    private static final int BUFFER = 100_000;

    private EpollDatagramChannel channel;

    @BeforeAll
    static void loadEpoll() {
        Epoll.ensureAvailability();
    }

    @AfterEach
    void close() {
        channel.unsafe().closeForcibly();
    }

    @Test
    void shouldNotHearItselfOverIpv4() throws IOException {
        channel = new EpollDatagramChannel(SocketProtocolFamily.INET);
        assertThat(get(IPPROTO_IP, 34)).as("IP_MULTICAST_LOOP by default").isEqualTo(1);

        MulticastSocketOptions.sendOn(channel.config(), options("225.0.0.50", false),
            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), loopback());

        assertThat(get(IPPROTO_IP, 34)).as("IP_MULTICAST_LOOP").isZero();
        assertThat(get(SOL_SOCKET, 11)).as("SO_NO_CHECK").isEqualTo(1);
        assertThat(get(SOL_SOCKET, 7)).as("SO_SNDBUF, doubled by the kernel").isEqualTo(2 * BUFFER);
    }

    @Test
    void shouldNotHearItselfOverIpv6() throws IOException {
        channel = new EpollDatagramChannel(SocketProtocolFamily.INET6);

        MulticastSocketOptions.sendOn(channel.config(), options("ff02::1:50", true), null, loopback());

        assertThat(get(IPPROTO_IPV6, 19)).as("IPV6_MULTICAST_LOOP").isZero();
        assertThat(get(IPPROTO_IPV6, 17)).as("IPV6_MULTICAST_IF").isEqualTo(loopback());
        assertThat(get(SOL_SOCKET, 11)).as("SO_NO_CHECK").isZero();
    }

    @Test
    void shouldHearTheGroupOnItsInterfaceOnly() throws IOException {
        channel = new EpollDatagramChannel(SocketProtocolFamily.INET);

        MulticastSocketOptions.receiveOn(channel.config(), options("225.0.0.50", true),
            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), loopback());

        assertThat(get(IPPROTO_IP, 49)).as("IP_MULTICAST_ALL").isZero();
        assertThat(get(SOL_SOCKET, 2)).as("SO_REUSEADDR").isEqualTo(1);
        assertThat(get(SOL_SOCKET, 8)).as("SO_RCVBUF, doubled by the kernel").isEqualTo(2 * BUFFER);
    }

    private int get(int level, int name) {
        return channel.config().getOption(new IntegerUnixChannelOption("option", level, name));
    }

    private static int loopback() throws IOException {
        return NetworkInterface.getByName("lo").getIndex();
    }

    private static MulticastOptions options(String group, boolean checksum) throws IOException {
        InetAddress address = InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(group));
        return new MulticastOptions("lo", false, address, 3780, null, BUFFER, BUFFER, checksum);
    }
}
