/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import org.statelink.control.ControlReply;
import org.statelink.sync.session.ResendVisitor;
import org.statelink.sync.session.SyncSession;

/** {@code -s rsqueue}: what waits for an acknowledgement, a line each. On the state loop. */
final class ResendQueueDump implements ResendVisitor {
    private final SyncSession session;
    private final ControlReply reply;
    private final StringBuilder text = new StringBuilder();

    ResendQueueDump(SyncSession session, ControlReply reply) {
        this.session = session;
        this.reply = reply;
    }

    /** Modes without such a queue have nothing to say. */
    void write() {
        if (session.resendQueueCapacity() > 0) {
            show();
        }
        reply.finish();
    }

    private void show() {
        text.append("resent queue (len=").append(session.resendQueueLength()).append(")\n");
        session.forEachResend(this);
        reply.write(text);
    }

    @Override
    public void onObject(int sequence, int ref) {
        text.append("object -> seq:").append(Integer.toUnsignedString(sequence)).append('\n');
    }

    @Override
    public void onControl(int sequence, int flags) {
        text.append("control -> seq:").append(Integer.toUnsignedString(sequence)).append(" flags:").append(flags)
            .append('\n');
    }
}
