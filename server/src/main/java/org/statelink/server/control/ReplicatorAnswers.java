/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import io.netty.channel.EventLoop;
import java.util.function.LongSupplier;
import org.statelink.control.ControlReply;
import org.statelink.control.ControlRequest;
import org.statelink.control.ControlService;
import org.statelink.server.replication.Replicator;

/**
 * Answers the control socket of a daemon that replicates. A request that does not apply gets an empty answer, as with
 * conntrackd.
 */
public final class ReplicatorAnswers implements ControlService {
    private final Replicator replicator;
    private final EventLoop controlLoop;
    private final Answering<DaemonStatus> answer;

    /** Answers for the replicator; {@code readsFailed} counts clients that left without a request, on any thread. */
    public ReplicatorAnswers(Replicator replicator, EventLoop controlLoop, LongSupplier readsFailed) {
        this.replicator = replicator;
        this.controlLoop = controlLoop;
        answer = new Answering<>(replicator.loop(), controlLoop, replicator.uptime(),
            new StatusSource(replicator, readsFailed)::take);
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) {
        switch (request) {
            case STATS -> answer.text(reply, StatusText::general);
            case STATS_CACHE -> answer.text(reply, StatusText::caches);
            case STATS_NETWORK -> answer.text(reply, StatusText::network);
            case STATS_RUNTIME -> answer.text(reply, (text, status) -> text.runtime(status.runtime()));
            case STATS_LINK -> answer.text(reply, StatusText::links);
            case STATS_QUEUE -> answer.text(reply, StatusText::queues);
            case STATS_RSQUEUE -> answer.onState(() -> new ResendQueueDump(replicator.session(), reply).write());
            case CT_DUMP_INTERNAL -> dumpInternal(reply, EntryFormat.INTERNAL_PLAIN);
            case CT_DUMP_INT_XML -> dumpInternal(reply, EntryFormat.INTERNAL_XML);
            case CT_DUMP_EXTERNAL -> answer.dump(reply, replicator.external()::page, EntryFormat.EXTERNAL_PLAIN);
            case CT_DUMP_EXT_XML -> answer.dump(reply, replicator.external()::page, EntryFormat.EXTERNAL_XML);
            case CT_COMMIT, ALL_COMMIT -> answer.whenDone(reply, replicator::commit);
            case CT_FLUSH_CACHE, ALL_FLUSH_CACHE -> answer.atOnce(reply, replicator::flushCaches);
            case CT_FLUSH_INT_CACHE -> answer.atOnce(reply, replicator::flushInternal);
            case CT_FLUSH_EXT_CACHE -> answer.atOnce(reply, replicator::flushExternal);
            case CT_FLUSH_MASTER, ALL_FLUSH_MASTER -> answer.whenDone(reply, replicator::flushKernel);
            case CT_RESYNC_MASTER, ALL_RESYNC_MASTER -> answer.whenDone(reply, replicator::resyncFromKernel);
            case SEND_BULK -> answer.atOnce(reply, replicator::sendBulk);
            case REQUEST_DUMP -> answer.atOnce(reply, replicator::requestResync);
            case RESET_TIMERS -> answer.atOnce(reply, replicator::schedulePurge);
            default -> reply.finish();
        }
    }

    private void dumpInternal(ControlReply reply, EntryFormat format) {
        replicator.bypass().ifPresentOrElse(
            bypass -> new KernelDump(bypass.view(), controlLoop, reply).start(),
            () -> answer.dump(reply, replicator.internal()::page, format));
    }
}
