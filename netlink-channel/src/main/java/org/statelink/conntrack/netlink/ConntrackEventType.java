/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

/** What happened to a flow. */
public enum ConntrackEventType {
    /** It was confirmed: its first packet left the machine, or somebody created it. */
    NEW,
    /** It changed; the event repeats a selection of what it is now. */
    UPDATE,
    /** It is gone. */
    DESTROY
}
