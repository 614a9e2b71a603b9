/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.netlink.NetlinkOverrunEvent;
import org.statelink.netlink.NetlinkTruncationEvent;
import org.statelink.netlink.codec.NetlinkFlags;
import org.statelink.netlink.codec.NetlinkMessage;

/** Turns messages of the event socket into calls of the listener. */
final class ConntrackEventHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConntrackEventHandler.class);

    private final ConntrackEventListener listener;
    private final EntryDecoder decoder = new EntryDecoder();
    private long malformed;

    ConntrackEventHandler(ConntrackEventListener listener) {
        this.listener = listener;
    }

    long malformed() {
        return malformed;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        NetlinkMessage message = (NetlinkMessage) msg;
        if (!EntryDecoder.isEntry(message.type())) {
            return;
        }
        switch (decoder.decode(message)) {
            case Conntrack flow -> listener.onEvent(eventType(message), message.portId(), flow);
            case Expectation expectation ->
                listener.onExpectation(eventType(message), message.portId(), expectation);
            case null -> malformed++;
        }
    }

    private static ConntrackEventType eventType(NetlinkMessage message) {
        if (message.type() == ConntrackMessageType.DELETE || message.type() == ExpectationMessageType.DELETE) {
            return ConntrackEventType.DESTROY;
        }
        return message.hasFlag(NetlinkFlags.CREATE) ? ConntrackEventType.NEW : ConntrackEventType.UPDATE;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        listener.onReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof NetlinkOverrunEvent || event instanceof NetlinkTruncationEvent) {
            listener.onOverrun();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.warn("an event could not be handled; going on with the next one", cause);
    }
}
