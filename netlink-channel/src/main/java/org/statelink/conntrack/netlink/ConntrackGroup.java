/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

/** Multicast groups of conntrack and expectation events, as bits of {@code nl_groups}. */
public final class ConntrackGroup {
    /** {@code NFNLGRP_CONNTRACK_NEW}. */
    public static final int NEW = 0x1;
    /** {@code NFNLGRP_CONNTRACK_UPDATE}. */
    public static final int UPDATE = 0x2;
    /** {@code NFNLGRP_CONNTRACK_DESTROY}. */
    public static final int DESTROY = 0x4;
    /** {@code NFNLGRP_CONNTRACK_EXP_NEW}. */
    public static final int EXPECTATION_NEW = 0x8;
    /** {@code NFNLGRP_CONNTRACK_EXP_UPDATE}; the kernel sends none. */
    public static final int EXPECTATION_UPDATE = 0x10;
    /** {@code NFNLGRP_CONNTRACK_EXP_DESTROY}. */
    public static final int EXPECTATION_DESTROY = 0x20;
    /** All of flows. */
    public static final int ALL = NEW | UPDATE | DESTROY;
    /** All of expectations. */
    public static final int ALL_EXPECTATIONS = EXPECTATION_NEW | EXPECTATION_UPDATE | EXPECTATION_DESTROY;

    private ConntrackGroup() {
    }
}
