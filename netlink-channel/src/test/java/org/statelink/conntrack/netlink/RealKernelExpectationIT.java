/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.epoll.EpollNetlinkChannel;

/** Expectations on the running kernel; needs privilege. */
class RealKernelExpectationIT extends ExpectationContract {
    @Override
    NetlinkChannelFactory kernel() {
        return EpollNetlinkChannel::new;
    }
}
