/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.netlink.codec.AttributeWriter;

/** Appends single attributes of an expectation; each does nothing where the expectation does not know the field. */
public final class ExpectationWriter {
    private ExpectationWriter() {
    }

    /** {@code CTA_EXPECT_TUPLE}, {@code CTA_EXPECT_MASK} and {@code CTA_EXPECT_MASTER}. */
    public static void tuples(ByteBuf out, Expectation expectation) {
        TupleCodec.write(out, ExpectationAttribute.TUPLE, expectation.expected());
        TupleCodec.write(out, ExpectationAttribute.MASK, expectation.mask());
        TupleCodec.write(out, ExpectationAttribute.MASTER, expectation.master());
    }

    /** {@code CTA_EXPECT_ZONE}. */
    public static void zone(ByteBuf out, Expectation expectation) {
        if (expectation.has(ExpectationField.ZONE)) {
            AttributeWriter.putShort(out, ExpectationAttribute.ZONE, expectation.zone());
        }
    }

    /** {@code CTA_EXPECT_NAT}, which the kernel takes with both its parts only. */
    public static void nat(ByteBuf out, Expectation expectation) {
        if (!expectation.has(ExpectationField.NAT)) {
            return;
        }
        int nest = AttributeWriter.begin(out, ExpectationAttribute.NAT);
        AttributeWriter.putInt(out, ExpectationAttribute.NAT_DIRECTION, expectation.natDirection());
        TupleCodec.write(out, ExpectationAttribute.NAT_TUPLE, expectation.nat());
        AttributeWriter.end(out, nest);
    }

    /** {@code CTA_EXPECT_TIMEOUT}. */
    public static void timeout(ByteBuf out, Expectation expectation) {
        if (expectation.has(ExpectationField.TIMEOUT)) {
            AttributeWriter.putInt(out, ExpectationAttribute.TIMEOUT, expectation.timeout());
        }
    }

    /** {@code CTA_EXPECT_ID}. */
    public static void id(ByteBuf out, Expectation expectation) {
        if (expectation.has(ExpectationField.ID)) {
            AttributeWriter.putInt(out, ExpectationAttribute.ID, expectation.id());
        }
    }

    /** {@code CTA_EXPECT_FLAGS} and {@code CTA_EXPECT_CLASS}. */
    public static void policy(ByteBuf out, Expectation expectation) {
        if (expectation.has(ExpectationField.FLAGS)) {
            AttributeWriter.putInt(out, ExpectationAttribute.FLAGS, expectation.flags());
        }
        if (expectation.has(ExpectationField.CLASS)) {
            AttributeWriter.putInt(out, ExpectationAttribute.CLASS, expectation.policyClass());
        }
    }

    /** {@code CTA_EXPECT_HELP_NAME} and {@code CTA_EXPECT_FN}. */
    public static void names(ByteBuf out, Expectation expectation) {
        if (expectation.has(ExpectationField.HELPER)) {
            FlowWriter.name(out, ExpectationAttribute.HELPER_NAME, expectation.helper());
        }
        if (expectation.has(ExpectationField.FUNCTION)) {
            FlowWriter.name(out, ExpectationAttribute.FUNCTION, expectation.function());
        }
    }
}
