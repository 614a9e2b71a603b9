/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.udp;

import org.statelink.sync.transport.DatagramTransportContract;
import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.NamespacePair;
import org.statelink.sync.transport.SyncTransportProvider;

/** The transport contract over unicast UDP on IPv6. */
final class UdpIpv6IT extends DatagramTransportContract {
    @Override
    protected SyncTransportProvider provider() {
        return new UdpTransportProvider();
    }

    @Override
    protected LinkOptions options(int node, String device) {
        return Links.between(device, "2001:db8::" + node, "2001:db8::" + (3 - node));
    }

    @Override
    protected LinkOptions foreignAddress() {
        return Links.between(NamespacePair.DEVICE, "2001:db8::77", "2001:db8::2");
    }
}
