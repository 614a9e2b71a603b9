/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/** Bits of a flow's status: {@code enum ip_conntrack_status} in {@code nf_conntrack_common.h}. */
public final class Status {
    /** The flow was expected; it has a master. */
    public static final int EXPECTED = 0x1;
    /** Packets were seen in both directions. */
    public static final int SEEN_REPLY = 0x2;
    /** Never dropped early. */
    public static final int ASSURED = 0x4;
    /** The first packet has left the machine. */
    public static final int CONFIRMED = 0x8;
    /** The source needs translation. */
    public static final int SRC_NAT = 0x10;
    /** The destination needs translation. */
    public static final int DST_NAT = 0x20;
    /** TCP sequence numbers are adjusted. */
    public static final int SEQ_ADJUST = 0x40;
    /** Source translation was set up. */
    public static final int SRC_NAT_DONE = 0x80;
    /** Destination translation was set up. */
    public static final int DST_NAT_DONE = 0x100;
    /** The flow is being removed. */
    public static final int DYING = 0x200;
    /** The timeout is not refreshed. */
    public static final int FIXED_TIMEOUT = 0x400;
    /** A template, not a flow. */
    public static final int TEMPLATE = 0x800;
    /** Not tracked. */
    public static final int UNTRACKED = 0x1000;
    /** A helper was attached by name. */
    public static final int HELPER = 0x2000;
    /** Offloaded to a flow table. */
    public static final int OFFLOAD = 0x4000;
    /** Offloaded to hardware. */
    public static final int HW_OFFLOAD = 0x8000;

    private Status() {
    }
}
