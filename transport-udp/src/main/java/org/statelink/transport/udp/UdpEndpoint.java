/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.udp;

import io.netty.channel.epoll.EpollDatagramChannelConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.statelink.sync.transport.DatagramEndpoint;
import org.statelink.sync.transport.LinkInterface;
import org.statelink.sync.transport.LinkSocketOptions;

/** Sends from a port of the kernel's choice to the peer, receives on the local address from anyone. */
final class UdpEndpoint implements DatagramEndpoint {
    private final UdpOptions options;

    UdpEndpoint(UdpOptions options) {
        this.options = options;
    }

    @Override
    public boolean isIpv6() {
        return options.isIpv6();
    }

    @Override
    public void configureOutput(LinkInterface device, EpollDatagramChannelConfig config) {
        LinkSocketOptions.checksum(config, options.checksum());
        LinkSocketOptions.sendBuffer(config, options.sendBuffer());
    }

    @Override
    public void configureInput(LinkInterface device, EpollDatagramChannelConfig config) {
        LinkSocketOptions.receiveBuffer(config, options.receiveBuffer());
        config.setReuseAddress(true);
    }

    @Override
    public InetSocketAddress destination(LinkInterface device) throws IOException {
        return new InetSocketAddress(device.scoped(options.destination()), options.port());
    }

    @Override
    public InetSocketAddress receiveAddress(LinkInterface device) throws IOException {
        return new InetSocketAddress(device.scoped(options.localAddress()), options.port());
    }

    @Override
    public String description() {
        return "the UDP link on `" + options.interfaceName() + "' from " + options.localAddress().getHostAddress()
            + " to " + options.destination().getHostAddress() + " port " + options.port();
    }
}
