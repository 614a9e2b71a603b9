/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.memory.KernelDouble;

/** The contract on the kernel in memory. */
class KernelDoubleFilterTest extends EventSocketFilterContract {
    private final KernelDouble kernel = new KernelDouble();

    @Override
    NetlinkChannelFactory kernel() {
        return kernel;
    }
}
