/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

/** Multicast groups of conntrack events, as bits of {@code nl_groups}. */
public final class ConntrackGroup {
    /** {@code NFNLGRP_CONNTRACK_NEW}. */
    public static final int NEW = 0x1;
    /** {@code NFNLGRP_CONNTRACK_UPDATE}. */
    public static final int UPDATE = 0x2;
    /** {@code NFNLGRP_CONNTRACK_DESTROY}. */
    public static final int DESTROY = 0x4;
    /** All three. */
    public static final int ALL = NEW | UPDATE | DESTROY;

    private ConntrackGroup() {
    }
}
