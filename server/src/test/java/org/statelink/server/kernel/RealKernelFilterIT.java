/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.epoll.EpollNetlinkChannel;

/** The contract on the running kernel; needs privilege. */
class RealKernelFilterIT extends EventSocketFilterContract {
    @Override
    NetlinkChannelFactory kernel() {
        return EpollNetlinkChannel::new;
    }
}
