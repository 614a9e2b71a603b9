/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.multicast;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.statelink.sync.transport.DatagramTransportContract;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.SyncTransportProvider;

/** The transport contract over IPv6 multicast. */
final class MulticastIpv6IT extends DatagramTransportContract {
    private static final String GROUP = "ff02::1:50";
    private static final int PORT = 3780;
    private static final int BUFFER = 1 << 21;

    @Override
    protected SyncTransportProvider provider() {
        return new MulticastTransportProvider();
    }

    @Override
    protected LinkOptions options(int node, String device) {
        return options(device, null);
    }

    @Override
    protected LinkOptions foreignAddress() {
        return null;
    }

    private static LinkOptions options(String device, String local) {
        return new MulticastOptions(device, false, address(GROUP), PORT, local == null ? null : address(local), BUFFER,
            BUFFER, false);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
