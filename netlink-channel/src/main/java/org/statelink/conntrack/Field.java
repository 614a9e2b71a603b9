/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/** The parts of a {@link Conntrack} that may be known or not; each is a bit of its presence mask. */
public enum Field {
    /** {@code CTA_STATUS}. */
    STATUS,
    /** {@code CTA_TIMEOUT}. */
    TIMEOUT,
    /** {@code CTA_MARK}. */
    MARK,
    /** {@code CTA_ZONE}: the zone of both directions. */
    ZONE,
    /** {@code CTA_ID}. */
    ID,
    /** {@code CTA_USE}. */
    USE,
    /** State of TCP, SCTP or DCCP. */
    PROTOCOL_STATE,
    /** Both TCP window scales. */
    TCP_WINDOW_SCALE,
    /** TCP flags and masks of both directions. */
    TCP_FLAGS,
    /** Both SCTP verification tags. */
    SCTP_VTAG,
    /** {@code CTA_PROTOINFO_DCCP_ROLE}. */
    DCCP_ROLE,
    /** {@code CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ}. */
    DCCP_HANDSHAKE_SEQUENCE,
    /** Translated source address: where answers go instead of the original source. */
    SNAT_ADDRESS,
    /** Translated destination address: where answers come from instead of the original destination. */
    DNAT_ADDRESS,
    /** Translated source port. */
    SNAT_PORT,
    /** Translated destination port. */
    DNAT_PORT,
    /** Sequence adjustment of both directions. */
    SEQUENCE_ADJUSTMENT,
    /** {@code CTA_SYNPROXY}. */
    SYNPROXY,
    /** {@code CTA_HELP_NAME}. */
    HELPER,
    /** {@code CTA_LABELS}. */
    LABELS,
    /** {@code CTA_COUNTERS_ORIG}. */
    COUNTERS_ORIGINAL,
    /** {@code CTA_COUNTERS_REPLY}. */
    COUNTERS_REPLY,
    /** {@code CTA_TIMESTAMP_START}. */
    TIMESTAMP_START,
    /** {@code CTA_TIMESTAMP_STOP}. */
    TIMESTAMP_STOP,
    /** {@code CTA_SECCTX_NAME}. */
    SECURITY_CONTEXT;

    private static final Field[] FIELDS = values();

    static Field at(int ordinal) {
        return FIELDS[ordinal];
    }

    long bit() {
        return 1L << ordinal();
    }
}
