/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.codec;

/** Flags of a message header ({@code NLM_F_*}, {@code linux/netlink.h}); their meaning depends on the message. */
public final class NetlinkFlags {
    /** {@code NLM_F_REQUEST}. */
    public static final int REQUEST = 0x1;
    /** {@code NLM_F_MULTI}: one of several messages that answer one request. */
    public static final int MULTI = 0x2;
    /** {@code NLM_F_ACK}: answer success too. */
    public static final int ACK = 0x4;
    /** {@code NLM_F_DUMP_INTR}: the table changed under the dump. */
    public static final int DUMP_INTERRUPTED = 0x10;
    /** {@code NLM_F_DUMP_FILTERED}: the kernel honoured the filter. */
    public static final int DUMP_FILTERED = 0x20;
    /** {@code NLM_F_DUMP} of a get request. */
    public static final int DUMP = 0x300;
    /** {@code NLM_F_EXCL} of a new request: fail where it exists. */
    public static final int EXCL = 0x200;
    /** {@code NLM_F_CREATE} of a new request or event. */
    public static final int CREATE = 0x400;
    /** {@code NLM_F_CAPPED} of an error: the request's payload was left out. */
    public static final int CAPPED = 0x100;
    /** {@code NLM_F_ACK_TLVS} of an error: extended-ack attributes follow. */
    public static final int ACK_TLVS = 0x200;

    private NetlinkFlags() {
    }
}
