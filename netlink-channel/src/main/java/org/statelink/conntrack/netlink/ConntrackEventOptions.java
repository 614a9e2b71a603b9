/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import static io.netty.util.internal.ObjectUtil.checkPositiveOrZero;

/**
 * How to listen for events.
 *
 * @param receiveBufferSize bytes of kernel memory for events not yet read, as {@code SO_RCVBUF} reads back; 0 leaves
 *     the system's default
 * @param reliable whether the kernel drops a packet whose event did not fit rather than the event; overruns are then
 *     not reported
 * @param groups {@link ConntrackGroup} bits
 */
public record ConntrackEventOptions(int receiveBufferSize, boolean reliable, int groups) {
    /** All conntrack events, the system's buffer, not reliable. */
    public static final ConntrackEventOptions DEFAULT = new ConntrackEventOptions(0, false, ConntrackGroup.ALL);

    /** Checks that the size is not negative. */
    public ConntrackEventOptions {
        checkPositiveOrZero(receiveBufferSize, "receiveBufferSize");
    }

    /** All conntrack events. */
    public ConntrackEventOptions(int receiveBufferSize, boolean reliable) {
        this(receiveBufferSize, reliable, ConntrackGroup.ALL);
    }
}
