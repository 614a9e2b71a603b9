/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

/** What happened to a flow or an expectation. */
public enum ConntrackEventType {
    /** It came: a flow's first packet left the machine, a helper expects one, or somebody created it. */
    NEW,
    /** It changed; the event repeats a selection of what it is now. */
    UPDATE,
    /** It is gone. */
    DESTROY
}
