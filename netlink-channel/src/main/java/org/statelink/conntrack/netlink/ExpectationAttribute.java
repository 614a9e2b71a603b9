/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

/** Numbers of the attributes of an expectation message ({@code CTA_EXPECT_*}) and of those nested in them. */
public final class ExpectationAttribute {
    /** {@code CTA_EXPECT_MASTER}. */
    public static final int MASTER = 1;
    /** {@code CTA_EXPECT_TUPLE}. */
    public static final int TUPLE = 2;
    /** {@code CTA_EXPECT_MASK}. */
    public static final int MASK = 3;
    /** {@code CTA_EXPECT_TIMEOUT}. */
    public static final int TIMEOUT = 4;
    /** {@code CTA_EXPECT_ID}. */
    public static final int ID = 5;
    /** {@code CTA_EXPECT_HELP_NAME}. */
    public static final int HELPER_NAME = 6;
    /** {@code CTA_EXPECT_ZONE}. */
    public static final int ZONE = 7;
    /** {@code CTA_EXPECT_FLAGS}. */
    public static final int FLAGS = 8;
    /** {@code CTA_EXPECT_CLASS}. */
    public static final int CLASS = 9;
    /** {@code CTA_EXPECT_NAT}. */
    public static final int NAT = 10;
    /** {@code CTA_EXPECT_FN}. */
    public static final int FUNCTION = 11;

    static final int NAT_DIRECTION = 1;
    static final int NAT_TUPLE = 2;

    private ExpectationAttribute() {
    }
}
