/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

/** What is asked of the kernel about one flow or expectation. */
public enum ConntrackRequest {
    /** Create it; {@code EEXIST} where its tuple is taken. */
    CREATE,
    /** Change what has the same original or expected tuple and zone; {@code ENOENT} where there is none. */
    UPDATE,
    /** Delete what has the same tuple and zone, and id if known; {@code ENOENT} where there is none. */
    DELETE
}
