/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import io.netty.buffer.ByteBuf;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.sync.protocol.BodyResult;
import org.statelink.sync.protocol.ConntrackBody;
import org.statelink.sync.protocol.MessageType;

/** Flows. */
final class FlowKind extends EntryKind<Conntrack> {
    private final FlowKey key = new FlowKey();

    FlowKind() {
        super(MessageType.CT_NEW, BodyAttributes.FLOW);
    }

    @Override
    Conntrack newEntry() {
        return new Conntrack();
    }

    @Override
    EntryKey identify(Conntrack flow) {
        key.set(flow);
        return key;
    }

    @Override
    void encode(Conntrack flow, ByteBuf out) {
        ConntrackBody.encode(flow, out, true, true);
    }

    @Override
    void decode(ByteBuf body, Conntrack into) {
        BodyResult result = ConntrackBody.decode(body, into);
        if (result != BodyResult.OK) {
            throw new IllegalStateException("stored flow: " + result.text());
        }
    }

    @Override
    void merge(Conntrack into, Conntrack from) {
        into.merge(from);
    }

    @Override
    boolean tellsDefaults(Conntrack flow) {
        return flow.has(Field.STATUS);
    }

    @Override
    void describe(EntryHeaders headers, int ref, Conntrack flow) {
        if (flow.has(Field.ID)) {
            headers.setInt(ref, EntryHeaders.KERNEL_ID, flow.id());
        }
        if (flow.master().isSet()) {
            headers.setByte(ref, EntryHeaders.FLAGS, headers.getByte(ref, EntryHeaders.FLAGS) | EntryFlags.MASTER);
        }
        int turn = FlowTurn.of(flow);
        if (turn != FlowTurn.UNTOLD) {
            headers.setByte(ref, EntryHeaders.TURN, turn);
        }
    }

    @Override
    void toMaster(Conntrack flow) {
        flow.original().set(flow.master());
    }

    @Override
    void restore(Conntrack into, int kernelId, int zone) {
        if (kernelId != 0) {
            into.setId(kernelId);
        }
    }
}
