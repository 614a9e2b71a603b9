/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.ExpectationField;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.ExpectBody;
import org.statelink.sync.protocol.MessageType;

/** Expectations. */
final class ExpectationKind extends EntryKind<Expectation> {
    private final ExpectationKey key = new ExpectationKey();

    ExpectationKind() {
        super(MessageType.EXP_NEW, BodyAttributes.EXPECTATION);
    }

    @Override
    Expectation newEntry() {
        return new Expectation();
    }

    @Override
    EntryKey identify(Expectation expectation) {
        key.set(expectation);
        return key;
    }

    @Override
    void encode(Expectation expectation, ByteBuf out) {
        ExpectBody.encode(expectation, out, true);
    }

    @Override
    void decode(ByteBuf body, Expectation into) {
        BodyResult result = ExpectBody.decode(body, into);
        if (result != BodyResult.OK) {
            throw new IllegalStateException("stored expectation: " + result.text());
        }
    }

    @Override
    void merge(Expectation into, Expectation from) {
        into.merge(from);
    }

    @Override
    boolean tellsDefaults(Expectation expectation) {
        return expectation.has(ExpectationField.FLAGS);
    }

    @Override
    void describe(EntryHeaders headers, int ref, Expectation expectation) {
        if (expectation.has(ExpectationField.ID)) {
            headers.setInt(ref, EntryHeaders.KERNEL_ID, expectation.id());
        }
    }

    @Override
    void restore(Expectation into, int kernelId, int zone) {
        if (kernelId != 0) {
            into.setId(kernelId);
        }
        if (zone != 0) {
            into.setZone(zone);
        }
    }
}
