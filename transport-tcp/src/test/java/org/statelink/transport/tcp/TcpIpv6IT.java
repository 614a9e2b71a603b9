/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.NamespacePair;

/** The transport contract over TCP on IPv6. */
final class TcpIpv6IT extends TcpTransportContract {
    @Override
    protected LinkOptions options(int node, String device) {
        return Links.between(device, "2001:db8::" + node, "2001:db8::" + (3 - node));
    }

    @Override
    protected LinkOptions foreignAddress() {
        return Links.between(NamespacePair.DEVICE, "2001:db8::77", "2001:db8::2");
    }
}
