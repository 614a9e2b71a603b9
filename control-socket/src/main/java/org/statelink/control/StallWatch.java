/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.control;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Gives up a client that takes nothing of what waits for it during a whole period. Runs on the channel's loop. */
final class StallWatch implements Runnable {
    private final Channel channel;
    private final long periodNanos;
    private final ControlCounters counters;
    private Object lastHead;
    private long lastProgress;
    private Future<?> next;

    private StallWatch(Channel channel, long periodNanos, ControlCounters counters) {
        this.channel = channel;
        this.periodNanos = periodNanos;
        this.counters = counters;
    }

    static void start(Channel channel, long periodNanos, ControlCounters counters) {
        StallWatch watch = new StallWatch(channel, periodNanos, counters);
        watch.schedule();
        channel.closeFuture().addListener(closed -> watch.next.cancel(false));
    }

    private void schedule() {
        next = channel.eventLoop().schedule(this, periodNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (waiting == null) {
            return;
        }
        Object head = waiting.current();
        long progress = waiting.currentProgress();
        if (head != null && head == lastHead && progress == lastProgress) {
            counters.countTimedOut();
            channel.close();
            return;
        }
        lastHead = head;
        lastProgress = progress;
        schedule();
    }
}
