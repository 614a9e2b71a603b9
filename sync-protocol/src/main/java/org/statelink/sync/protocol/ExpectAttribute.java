/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.protocol;

/**
 * The attributes of an expectation's state message, in the order of their numbers. A receiver refuses the whole message
 * for one number or size that is not listed here. Source: docs of conntrackd's wire protocol, section 5.
 */
public enum ExpectAttribute implements BodyAttribute {
    /** Original source and destination of the master. */
    MASTER_IPV4(8),
    /** Original source and destination of the master. */
    MASTER_IPV6(32),
    /** IP protocol number of the master. */
    MASTER_L4PROTO(1),
    /** Original source and destination port of the master. */
    MASTER_PORT(4),
    /** Expected source and destination. */
    EXPECT_IPV4(8),
    /** Expected source and destination. */
    EXPECT_IPV6(32),
    /** Expected IP protocol number. */
    EXPECT_L4PROTO(1),
    /** Expected source and destination port. */
    EXPECT_PORT(4),
    /** Which bits of source and destination count. */
    MASK_IPV4(8),
    /** Which bits of source and destination count. */
    MASK_IPV6(32),
    /** IP protocol number of the mask. */
    MASK_L4PROTO(1),
    /** Which bits of the ports count. */
    MASK_PORT(4),
    /** Seconds. */
    TIMEOUT(4),
    /** Flags of {@link org.statelink.conntrack.Expectation}. */
    FLAGS(4),
    /** Number of the helper's policy. */
    CLASS(4),
    /** Source and destination to translate from; those of IPv6 do not travel. */
    NAT_IPV4(8),
    /** Ports to translate from. */
    NAT_PORT(4),
    /** IP protocol number of the translation. */
    NAT_L4PROTO(1),
    /** The master's direction whose translation counts. */
    NAT_DIR(4),
    /** Name and a NUL. */
    HELPER_NAME(12, true),
    /** Name and a NUL. */
    FUNCTION(28, true);

    /** How many there are; the first number that is unknown. */
    public static final int COUNT = 21;

    private static final ExpectAttribute[] BY_NUMBER = values();

    private final int payloadLength;
    private final boolean variable;

    ExpectAttribute(int payloadLength) {
        this(payloadLength, false);
    }

    ExpectAttribute(int payloadLength, boolean variable) {
        this.payloadLength = payloadLength;
        this.variable = variable;
    }

    /** The attribute of a number below {@link #COUNT}. */
    public static ExpectAttribute at(int number) {
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
