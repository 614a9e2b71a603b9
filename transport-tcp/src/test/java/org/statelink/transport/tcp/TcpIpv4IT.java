/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.NamespacePair;

/** The transport contract over TCP on IPv4. */
final class TcpIpv4IT extends TcpTransportContract {
    @Override
    protected LinkOptions options(int node, String device) {
        return Links.between(device, "198.51.100." + node, "198.51.100." + (3 - node));
    }

    @Override
    protected LinkOptions foreignAddress() {
        return Links.between(NamespacePair.DEVICE, "198.51.100.77", "198.51.100.2");
    }
}
