/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

/** Types of expectation messages: subsystem 2, then {@code enum ctnl_exp_msg_types}. */
public final class ExpectationMessageType {
    /** {@code IPCTNL_MSG_EXP_NEW}: create or update; the answer to a get; a new event. */
    public static final int NEW = 0x200;
    /** {@code IPCTNL_MSG_EXP_GET}. */
    public static final int GET = 0x201;
    /** {@code IPCTNL_MSG_EXP_DELETE}; a destroy event. */
    public static final int DELETE = 0x202;

    private ExpectationMessageType() {
    }
}
