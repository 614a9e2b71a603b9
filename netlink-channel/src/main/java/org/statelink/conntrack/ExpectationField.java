/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack;

/** The parts of an {@link Expectation} that may be known or not; each is a bit of its presence mask. */
public enum ExpectationField {
    /** {@code CTA_EXPECT_TIMEOUT}. */
    TIMEOUT,
    /** {@code CTA_EXPECT_ID}. */
    ID,
    /** {@code CTA_EXPECT_ZONE}. */
    ZONE,
    /** {@code CTA_EXPECT_FLAGS}. */
    FLAGS,
    /** {@code CTA_EXPECT_CLASS}. */
    CLASS,
    /** {@code CTA_EXPECT_HELP_NAME}. */
    HELPER,
    /** {@code CTA_EXPECT_NAT_TUPLE}: whatever is known of it. */
    NAT,
    /** {@code CTA_EXPECT_NAT_DIR}. */
    NAT_DIRECTION,
    /** {@code CTA_EXPECT_FN}. */
    FUNCTION;

    int bit() {
        return 1 << ordinal();
    }
}
