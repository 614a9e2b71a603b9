/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

/**
 * The attributes of a flow's state message, in the order of their numbers. A receiver refuses the whole message for
 * one number or size that is not listed here. Source: docs of conntrackd's wire protocol, section 4.
 */
public enum ConntrackAttribute implements BodyAttribute {
    /** Original source and destination. */
    IPV4(8),
    /** Original source and destination. */
    IPV6(32),
    /** IP protocol number. */
    L4PROTO(1),
    /** Original source and destination port. */
    PORT(4),
    /** TCP state number. */
    TCP_STATE(1),
    /** {@link org.statelink.conntrack.Status} bits. */
    STATUS(4),
    /** Seconds. */
    TIMEOUT(4),
    /** Packet mark. */
    MARK(4),
    /** Original source and destination of the master. */
    MASTER_IPV4(8),
    /** Original source and destination of the master. */
    MASTER_IPV6(32),
    /** IP protocol number of the master. */
    MASTER_L4PROTO(1),
    /** Original source and destination port of the master. */
    MASTER_PORT(4),
    /** Translated source. */
    SNAT_IPV4(4),
    /** Translated destination. */
    DNAT_IPV4(4),
    /** Translated source port; bytes swapped. */
    SPAT_PORT(2),
    /** Translated destination port; bytes swapped. */
    DPAT_PORT(2),
    /** Correction position, offset before and after, of the original then the reply direction. */
    NAT_SEQ_ADJ(24),
    /** SCTP state number. */
    SCTP_STATE(1),
    /** SCTP verification tag. */
    SCTP_VTAG_ORIG(4),
    /** SCTP verification tag. */
    SCTP_VTAG_REPL(4),
    /** DCCP state number. */
    DCCP_STATE(1),
    /** DCCP role. */
    DCCP_ROLE(1),
    /** ICMP type. */
    ICMP_TYPE(1),
    /** ICMP code. */
    ICMP_CODE(1),
    /** ICMP identifier; bytes swapped. */
    ICMP_ID(2),
    /** TCP window scale. */
    TCP_WSCALE_ORIG(1),
    /** TCP window scale. */
    TCP_WSCALE_REPL(1),
    /** Name and a NUL. */
    HELPER_NAME(12, true),
    /** 32-bit words. */
    LABELS(1024, true),
    /** Translated source. */
    SNAT_IPV6(16),
    /** Translated destination. */
    DNAT_IPV6(16),
    /** Initial timestamp, initial sequence number, timestamp offset: not the order that the kernel has them in. */
    SYNPROXY(12),
    /** Zone of both directions. */
    ZONE(2);

    /** Bytes before the payload: length, which includes them, then number. */
    public static final int HEADER_LENGTH = BodyAttribute.HEADER_LENGTH;
    /** How many there are; the first number that is unknown. */
    public static final int COUNT = 33;

    private static final ConntrackAttribute[] BY_NUMBER = values();

    private final int payloadLength;
    private final boolean variable;

    ConntrackAttribute(int payloadLength) {
        this(payloadLength, false);
    }

    ConntrackAttribute(int payloadLength, boolean variable) {
        this.payloadLength = payloadLength;
        this.variable = variable;
    }

    /** The attribute of a number below {@link #COUNT}. */
    public static ConntrackAttribute at(int number) {
        return BY_NUMBER[number];
    }

    @Override
    public int number() {
        return ordinal();
    }

    @Override
    public int payloadLength() {
        return payloadLength;
    }

    @Override
    public boolean isVariable() {
        return variable;
    }
}
