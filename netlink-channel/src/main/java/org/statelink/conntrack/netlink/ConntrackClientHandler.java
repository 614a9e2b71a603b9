/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.conntrack.netlink;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.conntrack.ConntrackEntry;
import org.statelink.netlink.NetlinkOverrunEvent;
import org.statelink.netlink.NetlinkTruncationEvent;
import org.statelink.netlink.codec.NetlinkError;
import org.statelink.netlink.codec.NetlinkMessage;

/** Hands the answers of the request socket to whoever waits for them. */
final class ConntrackClientHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConntrackClientHandler.class);

    private final RequestWindow requests;
    private final DumpQueue dumps;
    private final EntryDecoder decoder = new EntryDecoder();
    private long malformed;
    private long unexpected;

    ConntrackClientHandler(RequestWindow requests, DumpQueue dumps) {
        this.requests = requests;
        this.dumps = dumps;
    }

    long malformed() {
        return malformed;
    }

    long unexpected() {
        return unexpected;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        NetlinkMessage message = (NetlinkMessage) msg;
        boolean known = switch (message.type()) {
            case NetlinkMessage.ERROR -> onError(message);
            case NetlinkMessage.DONE -> onDone(message);
            case ConntrackMessageType.NEW, ExpectationMessageType.NEW -> onEntry(message);
            default -> false;
        };
        unexpected += known ? 0 : 1;
    }

    private boolean onError(NetlinkMessage message) {
        int sequence = message.sequence();
        if (sequence < 0) {
            return dumps.isCurrent(sequence) && onDumpError(message);
        }
        int errno = NetlinkError.errno(message);
        return errno == 0
            ? requests.answer(sequence, 0, "", -1)
            : requests.answer(sequence, errno, NetlinkError.text(message), NetlinkError.offset(message));
    }

    private boolean onDumpError(NetlinkMessage message) {
        dumps.onError(message);
        return true;
    }

    private boolean onDone(NetlinkMessage message) {
        boolean known = dumps.isCurrent(message.sequence());
        if (known) {
            dumps.onDone(message);
        }
        return known;
    }

    private boolean onEntry(NetlinkMessage message) {
        int sequence = message.sequence();
        boolean ofDump = dumps.isCurrent(sequence);
        EntryTaker taker = ofDump ? null : requests.taker(sequence);
        if (!ofDump && taker == null) {
            return false;
        }
        ConntrackEntry entry = decoder.decode(message);
        if (entry == null) {
            malformed++;
        } else if (ofDump) {
            dumps.onEntry(message, entry);
        } else {
            taker.take(entry);
        }
        return true;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof NetlinkOverrunEvent || event instanceof NetlinkTruncationEvent) {
            requests.overrun();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        requests.close();
        dumps.close();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.warn("an answer of the kernel could not be handled; going on with the next one", cause);
    }
}
