/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import io.netty.util.internal.ObjectUtil;
import java.time.Duration;

/**
 * Limits of the control socket.
 *
 * @param maxClients clients served at the same time; further ones wait in the kernel's queue
 * @param requestTimeout how long a client may take to say what it wants
 * @param stallTimeout how long a client may leave an answer lying before it is given up; it is given up after once to
 *     twice that. Generous, since somebody may read a dump in a pager
 */
public record ControlServerOptions(int maxClients, Duration requestTimeout, Duration stallTimeout) {
    /** 256 clients, 30 seconds to ask, 15 minutes to go on reading. */
    public static final ControlServerOptions DEFAULT =
        new ControlServerOptions(256, Duration.ofSeconds(30), Duration.ofMinutes(15));

    /** Checks that all limits are positive. */
    public ControlServerOptions {
        ObjectUtil.checkPositive(maxClients, "maxClients");
        ObjectUtil.checkPositive(requestTimeout.toNanos(), "requestTimeout");
        ObjectUtil.checkPositive(stallTimeout.toNanos(), "stallTimeout");
    }
}
