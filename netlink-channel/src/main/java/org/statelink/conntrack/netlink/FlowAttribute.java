/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

/** Numbers of the attributes of a conntrack message ({@code CTA_*}) and of those nested in them. */
public final class FlowAttribute {
    /** {@code CTA_TUPLE_ORIG}. */
    public static final int TUPLE_ORIGINAL = 1;
    /** {@code CTA_TUPLE_REPLY}. */
    public static final int TUPLE_REPLY = 2;
    /** {@code CTA_STATUS}. */
    public static final int STATUS = 3;
    /** {@code CTA_PROTOINFO}. */
    public static final int PROTOINFO = 4;
    /** {@code CTA_HELP}. */
    public static final int HELP = 5;
    /** {@code CTA_NAT_SRC}. */
    public static final int NAT_SOURCE = 6;
    /** {@code CTA_TIMEOUT}. */
    public static final int TIMEOUT = 7;
    /** {@code CTA_MARK}. */
    public static final int MARK = 8;
    /** {@code CTA_COUNTERS_ORIG}. */
    public static final int COUNTERS_ORIGINAL = 9;
    /** {@code CTA_COUNTERS_REPLY}. */
    public static final int COUNTERS_REPLY = 10;
    /** {@code CTA_USE}. */
    public static final int USE = 11;
    /** {@code CTA_ID}. */
    public static final int ID = 12;
    /** {@code CTA_NAT_DST}. */
    public static final int NAT_DESTINATION = 13;
    /** {@code CTA_TUPLE_MASTER}. */
    public static final int TUPLE_MASTER = 14;
    /** {@code CTA_SEQ_ADJ_ORIG}. */
    public static final int SEQ_ADJ_ORIGINAL = 15;
    /** {@code CTA_SEQ_ADJ_REPLY}. */
    public static final int SEQ_ADJ_REPLY = 16;
    /** {@code CTA_ZONE}. */
    public static final int ZONE = 18;
    /** {@code CTA_SECCTX}. */
    public static final int SECURITY_CONTEXT = 19;
    /** {@code CTA_TIMESTAMP}. */
    public static final int TIMESTAMP = 20;
    /** {@code CTA_MARK_MASK}. */
    public static final int MARK_MASK = 21;
    /** {@code CTA_LABELS}. */
    public static final int LABELS = 22;
    /** {@code CTA_LABELS_MASK}. */
    public static final int LABELS_MASK = 23;
    /** {@code CTA_SYNPROXY}. */
    public static final int SYNPROXY = 24;
    /** {@code CTA_FILTER}. */
    public static final int FILTER = 25;
    /** {@code CTA_STATUS_MASK}. */
    public static final int STATUS_MASK = 26;

    static final int TUPLE_IP = 1;
    static final int TUPLE_PROTO = 2;
    static final int TUPLE_ZONE = 3;

    static final int IP_V4_SOURCE = 1;
    static final int IP_V4_DESTINATION = 2;
    static final int IP_V6_SOURCE = 3;
    static final int IP_V6_DESTINATION = 4;

    static final int PROTO_NUMBER = 1;
    static final int PROTO_SOURCE_PORT = 2;
    static final int PROTO_DESTINATION_PORT = 3;
    static final int PROTO_ICMP_ID = 4;
    static final int PROTO_ICMP_TYPE = 5;
    static final int PROTO_ICMP_CODE = 6;
    static final int PROTO_ICMPV6_ID = 7;
    static final int PROTO_ICMPV6_TYPE = 8;
    static final int PROTO_ICMPV6_CODE = 9;

    static final int PROTOINFO_TCP = 1;
    static final int PROTOINFO_DCCP = 2;
    static final int PROTOINFO_SCTP = 3;
    static final int PROTOINFO_STATE = 1;
    static final int TCP_WSCALE_ORIGINAL = 2;
    static final int TCP_WSCALE_REPLY = 3;
    static final int TCP_FLAGS_ORIGINAL = 4;
    static final int TCP_FLAGS_REPLY = 5;
    static final int DCCP_ROLE = 2;
    static final int DCCP_HANDSHAKE_SEQUENCE = 3;
    static final int SCTP_VTAG_ORIGINAL = 2;
    static final int SCTP_VTAG_REPLY = 3;

    static final int NAT_V4_MIN = 1;
    static final int NAT_PROTO = 3;
    static final int NAT_V6_MIN = 4;
    static final int NAT_PORT_MIN = 1;
    static final int NAT_PORT_MAX = 2;

    static final int HELP_NAME = 1;
    static final int COUNTERS_PACKETS = 1;
    static final int COUNTERS_BYTES = 2;
    static final int SEQ_ADJ_CORRECTION_POSITION = 1;
    static final int SEQ_ADJ_OFFSET_BEFORE = 2;
    static final int SEQ_ADJ_OFFSET_AFTER = 3;
    static final int SECURITY_CONTEXT_NAME = 1;
    static final int TIMESTAMP_START = 1;
    static final int TIMESTAMP_STOP = 2;
    static final int SYNPROXY_ISN = 1;
    static final int SYNPROXY_ITS = 2;
    static final int SYNPROXY_TSOFF = 3;

    private FlowAttribute() {
    }
}
