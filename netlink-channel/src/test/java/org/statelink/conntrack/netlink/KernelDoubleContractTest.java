/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.memory.KernelDouble;

/** The contract on the kernel in memory. */
class KernelDoubleContractTest extends KernelContract {
    private final KernelDouble kernel = new KernelDouble();

    @Override
    NetlinkChannelFactory kernel() {
        return kernel;
    }
}
