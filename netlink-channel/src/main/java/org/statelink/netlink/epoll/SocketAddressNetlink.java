/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.statelink.netlink.epoll.LinuxConstants.AF_NETLINK;

import java.lang.foreign.MemorySegment;
import org.statelink.netlink.NetlinkAddress;

/** {@code struct sockaddr_nl} of {@code linux/netlink.h}: family (2), padding (2), port id (4), groups (4). */
final class SocketAddressNetlink {
    /** Bytes. */
    static final int SIZE = 12;

    private static final int FAMILY = 0;
    private static final int PORT_ID = 4;
    private static final int GROUPS = 8;

    private SocketAddressNetlink() {
    }

    static void write(NetlinkAddress address, MemorySegment to) {
        to.set(JAVA_SHORT, FAMILY, (short) AF_NETLINK);
        to.set(JAVA_INT, PORT_ID, address.portId());
        to.set(JAVA_INT, GROUPS, address.groups());
    }

    static NetlinkAddress read(MemorySegment from) {
        return new NetlinkAddress(from.get(JAVA_INT, PORT_ID), from.get(JAVA_INT, GROUPS));
    }

    /** Whether the address at this offset is the kernel's. */
    static boolean isKernel(MemorySegment from, long offset) {
        return from.get(JAVA_SHORT, offset + FAMILY) == AF_NETLINK && from.get(JAVA_INT, offset + PORT_ID) == 0;
    }
}
