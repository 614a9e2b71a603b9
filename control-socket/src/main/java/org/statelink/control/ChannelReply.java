/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A reply on a channel. Other threads hop to the channel's loop with each call. */
final class ChannelReply implements ControlReply {
    private static final Logger LOGGER = LoggerFactory.getLogger(ChannelReply.class);
    /** Bytes from other threads that may be on their way to the loop before the writer has to wait. */
    private static final int MAX_TRAVELLING = 256 * 1024;

    private final Channel channel;
    private final AtomicLong travelling = new AtomicLong();
    private final AtomicBoolean finished = new AtomicBoolean();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean flushScheduled;

    ChannelReply(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void write(CharSequence text) {
        if (isClosed() || text.isEmpty()) {
            return;
        }
        // counted first: Netty would else reserve three bytes for each character while the client does not read
        int length = ByteBufUtil.utf8Bytes(text);
        ByteBuf bytes = channel.alloc().buffer(length);
        ByteBufUtil.reserveAndWriteUtf8(bytes, text, length);
        if (channel.eventLoop().inEventLoop()) {
            queue(bytes);
        } else {
            travel(bytes);
        }
    }

    private void travel(ByteBuf bytes) {
        int length = bytes.readableBytes();
        travelling.addAndGet(length);
        if (!hop(() -> arrive(bytes, length))) {
            bytes.release();
        }
    }

    private void arrive(ByteBuf bytes, int length) {
        travelling.addAndGet(-length);
        queue(bytes);
        resume();
    }

    /** Many small writes become one flush: it runs after whatever the loop is doing now. */
    private void queue(ByteBuf bytes) {
        channel.write(bytes);
        if (!flushScheduled) {
            flushScheduled = hop(this::flush);
        }
    }

    private void flush() {
        flushScheduled = false;
        channel.flush();
    }

    @Override
    public boolean isWritable() {
        return !isClosed() && channel.isWritable() && travelling.get() < MAX_TRAVELLING;
    }

    @Override
    public void onWritable(Runnable next) {
        hop(() -> {
            waiting.add(next);
            resume();
        });
    }

    /** Runs what waits, if it may go on or has to learn that it is over. Called on the loop. */
    void resume() {
        for (int rest = waiting.size(); rest > 0 && (isWritable() || isClosed()); rest--) {
            run(waiting.poll());
        }
    }

    private void run(Runnable next) {
        try {
            next.run();
        } catch (RuntimeException e) {
            LOGGER.error("control reply cut short", e);
            finish();
        }
    }

    @Override
    public void finish() {
        if (finished.compareAndSet(false, true)) {
            hop(this::end);
        }
    }

    private void end() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        resume();
    }

    @Override
    public boolean isClosed() {
        return finished.get() || !channel.isActive();
    }

    private boolean hop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            // the loop has ended, and with it the channel
            return false;
        }
    }
}
