/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.multicast;

import io.netty.channel.epoll.EpollDatagramChannelConfig;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import org.statelink.sync.transport.DatagramEndpoint;
import org.statelink.sync.transport.LinkException;
import org.statelink.sync.transport.LinkInterface;

/** Sends to the group, receives on the wildcard address what the group's interface gets. */
final class MulticastEndpoint implements DatagramEndpoint {
    private static final int ADDRESS_LENGTH_V4 = 4;
    private static final int ADDRESS_LENGTH_V6 = 16;

    private final MulticastOptions options;

    MulticastEndpoint(MulticastOptions options) {
        this.options = options;
    }

    @Override
    public boolean isIpv6() {
        return options.isIpv6();
    }

    @Override
    public void configureOutput(LinkInterface device, EpollDatagramChannelConfig config) throws IOException {
        MulticastSocketOptions.sendOn(config, options, localAddress(device), device.index());
    }

    @Override
    public void configureInput(LinkInterface device, EpollDatagramChannelConfig config) throws IOException {
        MulticastSocketOptions.receiveOn(config, options, localAddress(device), device.index());
    }

    /** Address that the packets leave from; null with IPv6, where the kernel finds it by the interface. */
    private InetAddress localAddress(LinkInterface device) throws LinkException {
        if (options.isIpv6()) {
            return null;
        }
        if (options.localAddress() != null) {
            device.requireAddress(options.localAddress());
            return options.localAddress();
        }
        for (InetAddress address : Collections.list(device.device().getInetAddresses())) {
            if (address instanceof Inet4Address) {
                return address;
            }
        }
        throw new LinkException(LinkException.Reason.NO_ADDRESS,
            "interface `" + device.name() + "' has no IPv4 address");
    }

    @Override
    public InetSocketAddress destination(LinkInterface device) throws IOException {
        return new InetSocketAddress(device.scoped(options.group()), options.port());
    }

    @Override
    public InetSocketAddress receiveAddress(LinkInterface device) throws IOException {
        int length = options.isIpv6() ? ADDRESS_LENGTH_V6 : ADDRESS_LENGTH_V4;
        return new InetSocketAddress(InetAddress.getByAddress(new byte[length]), options.port());
    }

    @Override
    public String description() {
        return "the multicast link on `" + options.interfaceName() + "' to " + options.group().getHostAddress()
            + " port " + options.port();
    }
}
