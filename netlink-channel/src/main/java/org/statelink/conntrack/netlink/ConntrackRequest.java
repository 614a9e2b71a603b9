/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

/** What is asked of the kernel about one flow. */
public enum ConntrackRequest {
    /** Create the flow; {@code EEXIST} where its tuple is taken. */
    CREATE,
    /** Change the flow that has the same original tuple and zone; {@code ENOENT} where there is none. */
    UPDATE,
    /** Delete the flow with the same original tuple and zone, and id if known; {@code ENOENT} where there is none. */
    DELETE
}
