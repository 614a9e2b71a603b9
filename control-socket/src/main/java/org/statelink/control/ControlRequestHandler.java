/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: gathers the four bytes of its request (host byte order), asks the service, and watches over the answer.
 *
 * <p>A client may close its sending side after the request and still wants its answer; whether it has gone altogether
 * is then found out by {@link Hangup}.
 */
final class ControlRequestHandler extends ChannelInboundHandlerAdapter {
    /** User event: the server closes. A reply is ended with what it has; a client that has not asked is sent away. */
    static final Object SERVER_CLOSES = new Object();

    private static final Logger LOGGER = LoggerFactory.getLogger(ControlRequestHandler.class);
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final ControlService service;
    private final ControlCounters counters;
    private final ControlServerOptions options;
    private int received;
    private int number;
    private ChannelReply reply;
    private Future<?> silence;

    ControlRequestHandler(ControlService service, ControlCounters counters, ControlServerOptions options) {
        this.service = service;
        this.counters = counters;
        this.options = options;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        long nanos = options.requestTimeout().toNanos();
        silence = ctx.executor().schedule(() -> sendAway(ctx), nanos, TimeUnit.NANOSECONDS);
        ctx.fireChannelActive();
    }

    private void sendAway(ChannelHandlerContext ctx) {
        counters.countTimedOut();
        ctx.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            gather(in);
        } finally {
            ReferenceCountUtil.release(in);
        }
        if (received == Integer.BYTES && reply == null) {
            ask(ctx);
        }
    }

    /** What comes after the request is ignored, but read: an unread rest would reset the connection at its end. */
    private void gather(ByteBuf in) {
        while (in.isReadable() && received < Integer.BYTES) {
            int shift = Byte.SIZE * (LITTLE_ENDIAN ? received : Integer.BYTES - 1 - received);
            number |= (in.readByte() & 0xff) << shift;
            received++;
        }
    }

    private void ask(ChannelHandlerContext ctx) {
        silence.cancel(false);
        reply = new ChannelReply(ctx.channel());
        StallWatch.start(ctx.channel(), options.stallTimeout().toNanos(), counters);
        counters.countRequest();
        Optional<ControlRequest> request = ControlRequest.valueOf(number);
        if (request.isEmpty()) {
            counters.countUnknownRequest();
            reply.finish();
        } else {
            serve(request.get());
        }
    }

    private void serve(ControlRequest request) {
        try {
            service.handle(request, reply);
        } catch (RuntimeException e) {
            LOGGER.error("control request {} failed", request, e);
            reply.finish();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (reply != null) {
            reply.resume();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == SERVER_CLOSES) {
            serverCloses(ctx);
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputEnded(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    private void serverCloses(ChannelHandlerContext ctx) {
        if (reply == null) {
            ctx.close();
        } else {
            reply.finish();
        }
    }

    private void inputEnded(ChannelHandlerContext ctx) {
        if (reply == null) {
            ctx.close();
        } else {
            Hangup.watch(ctx.channel());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (reply == null) {
            silence.cancel(false);
            counters.countReadFailed();
        } else {
            reply.resume();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOGGER.debug("control client lost", cause);
        ctx.close();
    }
}
