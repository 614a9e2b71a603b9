/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import io.netty.channel.EventLoop;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.statelink.control.ControlCounters;
import org.statelink.control.ControlReply;
import org.statelink.control.ControlRequest;
import org.statelink.control.ControlService;
import org.statelink.server.Replicator;

/**
 * Answers the control socket. Requests are carried out on the state loop, texts are formatted on the control loop.
 * A request that does not apply gets an empty answer, as with conntrackd.
 */
public final class DaemonControl implements ControlService {
    private final Replicator replicator;
    private final EventLoop controlLoop;
    private final Consumer<Consumer<String>> reload;
    private final Runnable stop;
    private final StatusSource status;

    /** Answers for the replicator; {@code reload} hands what it was given the answer, {@code stop} ends the daemon. */
    public DaemonControl(Replicator replicator, EventLoop controlLoop, Consumer<Consumer<String>> reload,
                         Runnable stop) {
        this.replicator = replicator;
        this.controlLoop = controlLoop;
        this.reload = reload;
        this.stop = stop;
        status = new StatusSource(replicator);
    }

    /** Sets the socket's own counters, which there are once it is bound. */
    public void setCounters(ControlCounters counters) {
        status.setControlCounters(counters);
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) {
        if (request.needsExpectationSync() && !replicator.synchronisesExpectations()) {
            reply.finish();
            return;
        }
        switch (request) {
            case STATS -> text(reply, StatusText::general);
            case STATS_CACHE -> text(reply, StatusText::caches);
            case STATS_NETWORK -> text(reply, StatusText::network);
            case STATS_RUNTIME -> text(reply, StatusText::runtime);
            case STATS_LINK -> text(reply, StatusText::links);
            case STATS_QUEUE -> text(reply, StatusText::queues);
            case STATS_RSQUEUE -> onState(() -> new ResendQueueDump(replicator.session(), reply).write());
            case CT_DUMP_INTERNAL -> dumpInternal(reply, DumpStyle.INTERNAL_PLAIN);
            case CT_DUMP_INT_XML -> dumpInternal(reply, DumpStyle.INTERNAL_XML);
            case CT_DUMP_EXTERNAL -> dumpFlows(reply, DumpStyle.EXTERNAL_PLAIN);
            case CT_DUMP_EXT_XML -> dumpFlows(reply, DumpStyle.EXTERNAL_XML);
            case EXP_STATS -> onState(() -> show(reply, StatusText::general, status.takeExpectations()));
            case EXP_DUMP_INTERNAL -> dumpExpectations(reply, DumpStyle.INTERNAL_PLAIN);
            case EXP_DUMP_INT_XML -> dumpExpectations(reply, DumpStyle.INTERNAL_XML);
            case EXP_DUMP_EXTERNAL -> dumpExpectations(reply, DumpStyle.EXTERNAL_PLAIN);
            case EXP_DUMP_EXT_XML -> dumpExpectations(reply, DumpStyle.EXTERNAL_XML);
            case CT_COMMIT -> whenDone(reply, replicator::commit);
            case EXP_COMMIT -> whenDone(reply, replicator::commitExpectations);
            case ALL_COMMIT -> whenDone(reply, replicator::commitAll);
            case CT_FLUSH_CACHE -> atOnce(reply, replicator::flushCaches);
            case ALL_FLUSH_CACHE -> atOnce(reply, replicator::flushAllCaches);
            case CT_FLUSH_INT_CACHE -> atOnce(reply, replicator::flushInternal);
            case CT_FLUSH_EXT_CACHE -> atOnce(reply, replicator::flushExternal);
            case CT_FLUSH_MASTER -> whenDone(reply, replicator::flushKernel);
            case EXP_FLUSH_MASTER -> whenDone(reply, replicator::flushKernelExpectations);
            case ALL_FLUSH_MASTER -> whenDone(reply, replicator::flushKernelAll);
            case CT_RESYNC_MASTER -> whenDone(reply, replicator::resyncFromKernel);
            case EXP_RESYNC_MASTER -> whenDone(reply, replicator::resyncExpectationsFromKernel);
            case ALL_RESYNC_MASTER -> whenDone(reply, replicator::resyncAllFromKernel);
            case SEND_BULK -> atOnce(reply, replicator::sendBulk);
            case REQUEST_DUMP -> atOnce(reply, replicator::requestResync);
            case RESET_TIMERS -> atOnce(reply, replicator::schedulePurge);
            case RELOAD -> reload(reply);
            case KILL -> stop(reply);
            default -> reply.finish();
        }
    }

    private void onState(Runnable action) {
        replicator.loop().execute(action);
    }

    private void text(ControlReply reply, BiFunction<StatusText, DaemonStatus, StatusText> format) {
        onState(() -> show(reply, format, status.takeFlows()));
    }

    private void show(ControlReply reply, BiFunction<StatusText, DaemonStatus, StatusText> format, DaemonStatus now) {
        controlLoop.execute(() -> {
            reply.write(format.apply(new StatusText(), now).toString());
            reply.finish();
        });
    }

    private void dumpInternal(ControlReply reply, DumpStyle style) {
        replicator.bypass().ifPresentOrElse(
            bypass -> new KernelDump(bypass.view(), controlLoop, reply).start(), () -> dumpFlows(reply, style));
    }

    private void dumpFlows(ControlReply reply, DumpStyle style) {
        onState(CacheDump.ofFlows(replicator, controlLoop, style, reply)::fillPage);
    }

    private void dumpExpectations(ControlReply reply, DumpStyle style) {
        onState(CacheDump.ofExpectations(replicator, controlLoop, style, reply)::fillPage);
    }

    private void atOnce(ControlReply reply, Runnable action) {
        onState(() -> {
            action.run();
            reply.finish();
        });
    }

    private void whenDone(ControlReply reply, Consumer<Runnable> action) {
        onState(() -> action.accept(reply::finish));
    }

    private void reload(ControlReply reply) {
        reload.accept(answer -> {
            reply.write(answer);
            reply.finish();
        });
    }

    private void stop(ControlReply reply) {
        reply.finish();
        stop.run();
    }
}
