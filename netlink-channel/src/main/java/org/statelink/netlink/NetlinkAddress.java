/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink;

import java.net.SocketAddress;

/**
 * A {@code struct sockaddr_nl}: a port id and a mask of multicast groups (man 7 netlink). Immutable.
 *
 * <p>Bind to port id 0 to have the kernel choose one; {@link NetlinkChannel#localAddress()} then tells it.
 */
public final class NetlinkAddress extends SocketAddress {
    /** The kernel itself: port id 0, no group. It is the remote address of every channel. */
    public static final NetlinkAddress KERNEL = new NetlinkAddress(0, 0);

    private static final long serialVersionUID = 1L;

    /** Unsigned 32 bits. */
    private final int portId;
    /** Bit n-1 stands for group n. */
    private final int groups;

    /**
     * An address.
     *
     * @param portId the port id (unsigned 32 bits); 0 is the kernel, or, when bound to, "choose one for me"
     * @param groups the mask of multicast groups: bit n-1 joins group n
     */
    public NetlinkAddress(int portId, int groups) {
        this.portId = portId;
        this.groups = groups;
    }

    /** The port id, unsigned 32 bits; it comes back as {@code nlmsg_pid} in answers and in events caused by it. */
    public int portId() {
        return portId;
    }

    /** The mask of multicast groups: bit n-1 stands for group n. */
    public int groups() {
        return groups;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetlinkAddress that && portId == that.portId && groups == that.groups;
    }

    @Override
    public int hashCode() {
        return 31 * portId + groups;
    }

    @Override
    public String toString() {
        return "netlink:" + Integer.toUnsignedString(portId) + "/0x" + Integer.toHexString(groups);
    }
}
