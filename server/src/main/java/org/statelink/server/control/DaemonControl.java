/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.statelink.control.ControlReply;
import org.statelink.control.ControlRequest;
import org.statelink.control.ControlService;
import org.statelink.server.kernel.ExternalCommit;
import org.statelink.server.replication.Replicator;
import org.statelink.server.status.DaemonStatus;
import org.statelink.server.status.StatusJson;
import org.statelink.server.status.StatusScreen;
import org.statelink.server.status.StatusSource;
import org.statelink.server.status.StatusText;

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

    /**
     * Answers for the replicator.
     *
     * @param status tells how the daemon is
     * @param reload hands what it was given the answer
     * @param stop ends the daemon
     */
    public DaemonControl(Replicator replicator, StatusSource status, EventLoop controlLoop,
                         Consumer<Consumer<String>> reload, Runnable stop) {
        this.replicator = replicator;
        this.status = status;
        this.controlLoop = controlLoop;
        this.reload = reload;
        this.stop = stop;
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) {
        switch (request) {
            case STATUS -> tell(reply, StatusScreen::of);
            case STATUS_JSON -> tell(reply, StatusJson::all);
            case STATS_JSON -> tell(reply, StatusJson::general);
            case STATS_CACHE_JSON -> tell(reply, StatusJson::caches);
            case STATS_NETWORK_JSON -> tell(reply, StatusJson::network);
            case STATS_RUNTIME_JSON -> tell(reply, StatusJson::runtime);
            case STATS_LINK_JSON -> tell(reply, StatusJson::links);
            case STATS_QUEUE_JSON -> tell(reply, StatusJson::queues);
            case STATS_PROCESS_JSON -> tell(reply, StatusJson::processes);
            case STATS_RSQUEUE_JSON -> onState(() -> new ResendQueueJson(reply).write(replicator.session()));
            case STATS -> text(reply, StatusText::general);
            case STATS_CACHE -> text(reply, StatusText::caches);
            case STATS_NETWORK -> text(reply, StatusText::network);
            case STATS_RUNTIME -> text(reply, StatusText::runtime);
            case STATS_LINK -> text(reply, StatusText::links);
            case STATS_QUEUE -> text(reply, StatusText::queues);
            case STATS_RSQUEUE -> onState(() -> new ResendQueueDump(replicator.session(), reply).write());
            case CT_DUMP_INTERNAL -> dumpInternal(reply, EntryFormat.INTERNAL_PLAIN);
            case CT_DUMP_INT_XML -> dumpInternal(reply, EntryFormat.INTERNAL_XML);
            case CT_DUMP_INT_JSON -> dumpInternal(reply, EntryFormat.INTERNAL_JSON);
            case CT_DUMP_EXT_JSON -> dump(reply, EntryFormat.EXTERNAL_JSON);
            case CT_DUMP_EXTERNAL -> dump(reply, EntryFormat.EXTERNAL_PLAIN);
            case CT_DUMP_EXT_XML -> dump(reply, EntryFormat.EXTERNAL_XML);
            case CT_COMMIT, ALL_COMMIT -> whenDone(reply, replicator::commit);
            case CT_FLUSH_CACHE, ALL_FLUSH_CACHE -> atOnce(reply, replicator::flushCaches);
            case CT_FLUSH_INT_CACHE -> atOnce(reply, replicator::flushInternal);
            case CT_FLUSH_EXT_CACHE -> atOnce(reply, replicator::flushExternal);
            case CT_FLUSH_MASTER, ALL_FLUSH_MASTER -> whenDone(reply, replicator::flushKernel);
            case CT_RESYNC_MASTER, ALL_RESYNC_MASTER -> whenDone(reply, replicator::resyncFromKernel);
            case SEND_BULK -> atOnce(reply, replicator::sendBulk);
            case REQUEST_DUMP -> atOnce(reply, replicator::requestResync);
            case RESET_TIMERS -> atOnce(reply, replicator::schedulePurge);
            case PROMOTE -> onState(() -> replicator.promote(result -> promoted(reply, result)));
            case DEMOTE -> onState(() -> demote(reply));
            case RELOAD -> reload(reply);
            case KILL -> stop(reply);
            default -> reply.finish();
        }
    }

    private void onState(Runnable action) {
        replicator.loop().execute(action);
    }

    private void text(ControlReply reply, BiFunction<StatusText, DaemonStatus, StatusText> format) {
        tell(reply, now -> format.apply(new StatusText(), now).toString());
    }

    private void tell(ControlReply reply, Function<DaemonStatus, String> format) {
        status.ask(now -> {
            reply.write(format.apply(now));
            reply.finish();
        });
    }

    private void dumpInternal(ControlReply reply, EntryFormat format) {
        replicator.bypass().ifPresentOrElse(
            bypass -> new KernelDump(bypass.view(), controlLoop, format, reply).start(), () -> dump(reply, format));
    }

    private void dump(ControlReply reply, EntryFormat format) {
        onState(new CacheDump(replicator, controlLoop, format, reply)::fillPage);
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

    private static void promoted(ControlReply reply, ExternalCommit.Result result) {
        reply.write(ControlRequest.PROMOTED + ": " + result.lastCommitted() + " flows put into the kernel in "
            + TimeUnit.NANOSECONDS.toMillis(result.lastNanos()) + " ms, " + result.lastRefused()
            + " were refused\n");
        reply.finish();
    }

    private void demote(ControlReply reply) {
        replicator.demote();
        reply.write(ControlRequest.DEMOTED + ": the kernel's table is purged later, the peers are asked for theirs\n");
        reply.finish();
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
