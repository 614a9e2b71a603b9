/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.netlink.route;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.statelink.netlink.NetlinkOverrunEvent;
import org.statelink.netlink.NetlinkTruncationEvent;
import org.statelink.netlink.codec.NetlinkError;
import org.statelink.netlink.codec.NetlinkFlags;
import org.statelink.netlink.codec.NetlinkMessage;
import org.statelink.netlink.codec.NetlinkMessageWriter;

/** Keeps the table equal to the kernel's: dumps at the start and after an overrun, listens in between. */
final class InterfaceMonitorHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceMonitorHandler.class);
    private static final int RETRY_MILLIS = 500;

    private final InterfaceTable table;
    private final Promise<Void> firstDump;
    private int sequence;
    private boolean dumping;
    private boolean dumpAgain;
    private long malformed;

    /** The promise is fulfilled by the end of the first dump. */
    InterfaceMonitorHandler(InterfaceTable table, Promise<Void> firstDump) {
        this.table = table;
        this.firstDump = firstDump;
    }

    long malformed() {
        return malformed;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        dump(ctx);
        ctx.fireChannelActive();
    }

    /** The kernel runs one dump at a time on a socket. */
    private void dump(ChannelHandlerContext ctx) {
        if (dumping) {
            dumpAgain = true;
            return;
        }
        dumping = true;
        dumpAgain = false;
        table.beginDump();
        ByteBuf out = ctx.alloc().buffer(NetlinkMessage.HEADER_LENGTH + RouteCodec.LINK_HEADER_LENGTH);
        int request = NetlinkMessageWriter.begin(out, RouteMessageType.GET_LINK,
            NetlinkFlags.REQUEST | NetlinkFlags.DUMP, ++sequence, 0);
        out.writeZero(RouteCodec.LINK_HEADER_LENGTH);
        NetlinkMessageWriter.end(out, request);
        ctx.writeAndFlush(out).addListener(written -> {
            if (!written.isSuccess()) {
                dumpFailed(ctx, written.cause());
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        NetlinkMessage message = (NetlinkMessage) msg;
        boolean ofDump = dumping && message.sequence() == sequence;
        dumpAgain |= ofDump && message.hasFlag(NetlinkFlags.DUMP_INTERRUPTED);
        switch (message.type()) {
            case RouteMessageType.NEW_LINK, RouteMessageType.DELETE_LINK -> onLink(message);
            case RouteMessageType.NEW_ADDRESS -> table.addressed(RouteCodec.readUsableAddress(message));
            case NetlinkMessage.DONE, NetlinkMessage.ERROR -> {
                if (ofDump) {
                    onDumpEnd(ctx, message);
                }
            }
            default -> { }
        }
    }

    private void onLink(NetlinkMessage message) {
        if (RouteCodec.isBridgePort(message)) {
            return;
        }
        InterfaceState state = RouteCodec.readLink(message);
        if (state == null) {
            malformed++;
        } else if (message.type() == RouteMessageType.NEW_LINK) {
            table.put(state);
        } else {
            table.remove(state.index());
        }
    }

    private void onDumpEnd(ChannelHandlerContext ctx, NetlinkMessage message) {
        if (NetlinkError.errno(message) != 0) {
            dumpFailed(ctx, NetlinkError.exception(message));
            return;
        }
        dumping = false;
        if (dumpAgain) {
            dump(ctx);
            return;
        }
        table.endDump();
        if (!firstDump.trySuccess(null)) {
            table.tellAll();
        }
    }

    private void dumpFailed(ChannelHandlerContext ctx, Throwable cause) {
        dumping = false;
        if (firstDump.tryFailure(cause) || !ctx.channel().isActive()) {
            return;
        }
        LOG.warn("the network interfaces could not be read, trying again: {}", cause.getMessage());
        ctx.executor().schedule(() -> dump(ctx), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof NetlinkOverrunEvent || event instanceof NetlinkTruncationEvent && !dumping) {
            dump(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        firstDump.tryFailure(new ClosedChannelException());
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.warn("news of a network interface could not be handled; going on with the next one", cause);
    }
}
