/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import io.netty.channel.EventLoop;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.statelink.control.ControlReply;
import org.statelink.server.system.Uptime;

/**
 * The ways to an answer: requests are carried out on the state loop, texts are formatted on the control loop.
 *
 * @param uptime the daemon's clock
 * @param status takes the daemon's figures, on the state loop
 * @param <T> what they are
 */
record Answering<T>(EventLoop stateLoop, EventLoop controlLoop, Uptime uptime, Supplier<T> status) {
    void onState(Runnable action) {
        stateLoop.execute(action);
    }

    /** Answers with figures as conntrackd does. */
    void text(ControlReply reply, BiFunction<StatusText, T, StatusText> format) {
        tell(reply, now -> format.apply(new StatusText(), now).toString());
    }

    /** Answers with figures. */
    void tell(ControlReply reply, Function<T, String> format) {
        onState(() -> {
            T now = status.get();
            controlLoop.execute(() -> {
                reply.write(format.apply(now));
                reply.finish();
            });
        });
    }

    /** Does something, and then says nothing. */
    void atOnce(ControlReply reply, Runnable action) {
        onState(() -> {
            action.run();
            reply.finish();
        });
    }

    /** Begins something, and says nothing when it is done. */
    void whenDone(ControlReply reply, Consumer<Runnable> action) {
        onState(() -> action.accept(reply::finish));
    }

    /** Shows a cache. */
    void dump(ControlReply reply, CachePages pages, EntryFormat format) {
        onState(new CacheDump(this, pages, format, reply)::fillPage);
    }
}
