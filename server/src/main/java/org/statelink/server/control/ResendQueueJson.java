/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.control.ControlReply;
import org.statelink.sync.session.ResendVisitor;
import org.statelink.sync.session.SyncSession;

/** {@code -s rsqueue -o json}: what waits for an acknowledgement, an element of an array each. On the state loop. */
final class ResendQueueJson implements ResendVisitor {
    private final ControlReply reply;
    private final EntryList list = EntryList.array();
    private final StringBuilder text = new StringBuilder();

    ResendQueueJson(ControlReply reply) {
        this.reply = reply;
    }

    void write(SyncSession session) {
        session.forEachResend(this);
        list.end(text);
        reply.write(text);
        reply.finish();
    }

    @Override
    public void onObject(int sequence, int ref) {
        list.next(text);
        begin("object", sequence).append('}');
    }

    @Override
    public void onControl(int sequence, int flags) {
        list.next(text);
        begin("control", sequence).append(",\"flags\":").append(flags).append('}');
    }

    private StringBuilder begin(String kind, int sequence) {
        return text.append("{\"kind\":\"").append(kind).append("\",\"sequence\":")
            .append(Integer.toUnsignedString(sequence));
    }
}
