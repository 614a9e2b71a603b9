/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import io.netty.channel.EventLoop;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.control.ControlReply;
import org.statelink.server.status.StatusText;
import org.statelink.server.system.Uptime;

/**
 * The ways to an answer: requests are carried out on the state loop, texts are formatted on the control loop.
 *
 * @param uptime the daemon's clock
 * @param status asks for the daemon's figures, which arrive on the control loop; called there
 * @param <T> what they are
 */
record Answering<T>(EventLoop stateLoop, EventLoop controlLoop, Uptime uptime, Consumer<Consumer<T>> status) {
    void onState(Runnable action) {
        stateLoop.execute(action);
    }

    /** Answers with figures in conntrackd's words. */
    void text(ControlReply reply, BiFunction<StatusText, T, StatusText> format) {
        tell(reply, now -> format.apply(new StatusText(), now).toString());
    }

    /** Answers with figures in any words. */
    void tell(ControlReply reply, Function<T, String> format) {
        status.accept(now -> {
            reply.write(format.apply(now));
            reply.finish();
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

    /** Shows a cache of flows. */
    void flows(ControlReply reply, CachePages<Conntrack> pages, DumpStyle style) {
        onState(new CacheDump<>(this, pages, FlowLines.LINES, style, reply)::fillPage);
    }

    /** Shows a cache of expectations. */
    void expectations(ControlReply reply, CachePages<Expectation> pages, DumpStyle style) {
        onState(new CacheDump<>(this, pages, ExpectationLines.LINES, style, reply)::fillPage);
    }
}
