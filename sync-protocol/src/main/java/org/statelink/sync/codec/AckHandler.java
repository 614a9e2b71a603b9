/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.SequenceNumber;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;

/** Takes the ACK and NACK messages out of the stream. Source: docs of conntrackd's modes, section 2.5. */
final class AckHandler extends ChannelInboundHandlerAdapter {
    private final AckReceiver receiver;
    private final SyncCounters counters;
    private final Digest digest;

    AckHandler(AckReceiver receiver, SyncCounters counters, Digest digest) {
        this.receiver = receiver;
        this.counters = counters;
        this.digest = digest;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        SyncMessage message = (SyncMessage) received;
        if (message.isControl(MessageFlags.ACK)) {
            acknowledge(message);
        } else if (message.isControl(MessageFlags.NACK)) {
            miss(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void acknowledge(SyncMessage message) {
        if (hasRange(message)) {
            counters.increment(SyncCounter.ACKS_RECEIVED);
            receiver.acknowledged(message.from(), message.to());
        }
    }

    private void miss(SyncMessage message) {
        if (hasRange(message)) {
            counters.increment(SyncCounter.NACKS_RECEIVED);
            receiver.missing(message.from(), message.to());
        }
    }

    private boolean hasRange(SyncMessage message) {
        if (SequenceNumber.isBefore(message.to(), message.from())) {
            digest.reject();
            return false;
        }
        return true;
    }
}
