/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.transport.tcp;

import org.statelink.sync.transport.LinkOptions;
import org.statelink.sync.transport.NamespacePair;

/** The transport contract over TCP on IPv6 with link-local addresses. */
final class TcpLinkLocalIT extends TcpTransportContract {
    @Override
    protected LinkOptions options(int node, String device) {
        return Links.between(device, "fe80::" + node, "fe80::" + (3 - node));
    }

    @Override
    protected LinkOptions foreignAddress() {
        return Links.between(NamespacePair.DEVICE, "fe80::77", "fe80::2");
    }
}
