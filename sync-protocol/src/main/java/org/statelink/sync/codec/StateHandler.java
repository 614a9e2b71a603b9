/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.codec;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.statelink.sync.protocol.MessageFlags;
import org.statelink.sync.protocol.SyncCounter;
import org.statelink.sync.protocol.SyncCounters;
import org.statelink.sync.protocol.SyncMessage;

/** Tail of the pipeline: state, RESYNC and ALIVE; what is none of them is refused. */
final class StateHandler extends ChannelInboundHandlerAdapter {
    private final StateReceiver receiver;
    private final SyncCounters counters;
    private final Digest digest;

    StateHandler(StateReceiver receiver, SyncCounters counters, Digest digest) {
        this.receiver = receiver;
        this.counters = counters;
        this.digest = digest;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        SyncMessage message = (SyncMessage) received;
        if (message.isState()) {
            receiver.onState(message);
        } else if (message.isControl(MessageFlags.RESYNC)) {
            counters.increment(SyncCounter.RESYNCS_RECEIVED);
            receiver.onResync(message);
        } else if (message.isControl(MessageFlags.ALIVE)) {
            counters.increment(SyncCounter.ALIVES_RECEIVED);
        } else {
            digest.reject();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        receiver.onReadComplete();
    }
}
