/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.memory.KernelDouble;

/** Expectations on the kernel in memory. */
class KernelDoubleExpectationTest extends ExpectationContract {
    private final KernelDouble kernel = new KernelDouble();

    @Override
    NetlinkChannelFactory kernel() {
        return kernel;
    }
}
