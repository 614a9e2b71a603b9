/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.netlink.NetlinkChannelFactory;
import org.statelink.netlink.epoll.EpollNetlinkChannel;
import org.statelink.netlink.memory.KernelDouble;

/** Which kernel the daemon works on: the real one, or for demonstrations without privilege one in memory. */
final class KernelChoice {
    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    private static final String VARIABLE = "STATELINK_KERNEL";

    private KernelChoice() {
    }

    static NetlinkChannelFactory fromEnvironment() throws StartException {
        String choice = System.getenv().getOrDefault(VARIABLE, "");
        return switch (choice) {
            case "" -> EpollNetlinkChannel::new;
            case "memory" -> memory();
            default -> throw new StartException(VARIABLE + " is `" + choice + "'; only `memory' has a meaning");
        };
    }

    private static NetlinkChannelFactory memory() {
        LOG.warn("{}=memory: working on a kernel table in memory, no connection is protected", VARIABLE);
        return new KernelDouble();
    }
}
