/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;

/** The network interface under a link, as it was when the link was opened. */
public final class LinkInterface {
    private final NetworkInterface device;
    private final int mtu;

    private LinkInterface(NetworkInterface device) throws IOException {
        this.device = device;
        mtu = device.getMTU();
    }

    /** Finds an interface by its name. */
    public static LinkInterface named(String name) throws IOException {
        NetworkInterface device = NetworkInterface.getByName(name);
        if (device == null) {
            throw new LinkException(LinkException.Reason.UNKNOWN_INTERFACE,
                "there is no network interface `" + name + "'");
        }
        return new LinkInterface(device);
    }

    /** Checks that this interface has the address. */
    public void requireAddress(InetAddress address) throws LinkException {
        if (!Collections.list(device.getInetAddresses()).contains(address)) {
            throw new LinkException(LinkException.Reason.ADDRESS_NOT_ON_HOST,
                "interface `" + name() + "' does not have the address " + address.getHostAddress());
        }
    }

    /** The address as a socket on this interface takes it: a link-local IPv6 address means nothing without it. */
    public InetAddress scoped(InetAddress address) throws IOException {
        return address instanceof Inet6Address
            ? Inet6Address.getByAddress(null, address.getAddress(), index()) : address;
    }

    /** The interface as the JDK knows it. */
    public NetworkInterface device() {
        return device;
    }

    /** Name. */
    public String name() {
        return device.getName();
    }

    /** Index in the kernel. */
    public int index() {
        return device.getIndex();
    }

    /** Largest packet, bytes, network header included. */
    public int mtu() {
        return mtu;
    }
}
