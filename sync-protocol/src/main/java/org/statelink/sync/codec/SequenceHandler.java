/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;
import org.statelink.sync.transport.SyncLink;

/**
 * Greetings and sequence numbers. A message that is ahead is digested by the handlers behind first; only then the gap
 * is answered. Source: docs of conntrackd's modes, section 2.4.
 */
final class SequenceHandler extends ChannelInboundHandlerAdapter {
    private final SyncLink link;
    private final MessageSequencer sequencer;
    private final SyncCounters counters;
    private final Digest digest;

    SequenceHandler(SyncLink link, MessageSequencer sequencer, SyncCounters counters, Digest digest) {
        this.link = link;
        this.sequencer = sequencer;
        this.counters = counters;
        this.digest = digest;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        SyncMessage message = (SyncMessage) received;
        if (!sequencer.admit(link, message)) {
            return;
        }
        digest.begin();
        ctx.fireChannelRead(message);
        if (digest.isRejected()) {
            counters.malformed(SyncCounter.MALFORMED_HEADER);
        } else {
            sequencer.settle(link, message);
        }
    }
}
