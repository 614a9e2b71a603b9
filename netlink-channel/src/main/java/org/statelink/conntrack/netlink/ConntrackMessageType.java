/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

/** Types of conntrack messages: subsystem 1, then {@code enum cntl_msg_types}. */
public final class ConntrackMessageType {
    /** {@code IPCTNL_MSG_CT_NEW}: create or update; the answer to a get; a new or update event. */
    public static final int NEW = 0x100;
    /** {@code IPCTNL_MSG_CT_GET}. */
    public static final int GET = 0x101;
    /** {@code IPCTNL_MSG_CT_DELETE}; a destroy event. */
    public static final int DELETE = 0x102;
    /** {@code IPCTNL_MSG_CT_GET_CTRZERO}: get, and set the counters back. */
    public static final int GET_RESET_COUNTERS = 0x103;

    private ConntrackMessageType() {
    }
}
