/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.LinkInterface;
import org.statelink.sync.transport.SyncTransportProvider;

final class UdpOptionsTest {
    @Test
    void shouldBeFoundByName() throws LinkException {
        assertThat(SyncTransportProvider.named("udp")).isInstanceOf(UdpTransportProvider.class);
    }

    @Test
    void shouldRefuseImpossibleOptions() {
        assertThatThrownBy(() -> UdpOptions.of("eth0", Links.address("10.0.0.1"), Links.address("10.0.0.2"), 0))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UdpOptions.of("eth0", Links.address("10.0.0.1"), Links.address("::1"), 3780))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("an IPv4 and an IPv6 address on one link");
    }

    @Test
    void shouldSetTheSocketsOptions() throws IOException {
        Epoll.ensureAvailability();
        EpollDatagramChannel output = new EpollDatagramChannel(SocketProtocolFamily.INET);
        EpollDatagramChannel input = new EpollDatagramChannel(SocketProtocolFamily.INET);
        try {
            UdpOptions options = new UdpOptions("lo", false, Links.address("127.0.0.1"), Links.address("127.0.0.1"),
                Links.PORT, 100_000, 110_000, false);

            new UdpEndpoint(options).configureOutput(LinkInterface.named("lo"), output.config());
            new UdpEndpoint(options).configureInput(LinkInterface.named("lo"), input.config());

            assertThat(get(output, 11)).as("SO_NO_CHECK").isEqualTo(1);
            assertThat(get(output, 7)).as("SO_SNDBUF, doubled by the kernel").isEqualTo(200_000);
            assertThat(get(input, 2)).as("SO_REUSEADDR").isEqualTo(1);
            assertThat(get(input, 8)).as("SO_RCVBUF, doubled by the kernel").isEqualTo(220_000);
        } finally {
            output.unsafe().closeForcibly();
            input.unsafe().closeForcibly();
        }
    }

    private static int get(EpollDatagramChannel channel, int option) {
        return channel.config().getOption(new IntegerUnixChannelOption("option", 1, option));
    }
}
