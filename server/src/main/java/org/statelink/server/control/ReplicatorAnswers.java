/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
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
 * Answers the control socket of a daemon that replicates. A request that does not apply gets an empty answer, as with
 * conntrackd.
 */
public final class ReplicatorAnswers implements ControlService {
    private final Replicator replicator;
    private final EventLoop controlLoop;
    private final Answering<DaemonStatus> answer;
    private final Answering<DaemonStatus> expectations;

    /** Answers for the replicator; {@code status} tells how it is. */
    public ReplicatorAnswers(Replicator replicator, StatusSource status, EventLoop controlLoop) {
        this.replicator = replicator;
        this.controlLoop = controlLoop;
        answer = new Answering<>(replicator.loop(), controlLoop, replicator.uptime(), status::ask);
        expectations = new Answering<>(replicator.loop(), controlLoop, replicator.uptime(), status::askExpectations);
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) {
        if (request.needsExpectationSync() && !replicator.synchronisesExpectations()) {
            reply.finish();
            return;
        }
        switch (request) {
            case STATUS -> answer.tell(reply, StatusScreen::of);
            case STATUS_JSON -> answer.tell(reply, StatusJson::all);
            case STATS_JSON -> answer.tell(reply, StatusJson::general);
            case STATS_CACHE_JSON -> answer.tell(reply, StatusJson::caches);
            case STATS_NETWORK_JSON -> answer.tell(reply, StatusJson::network);
            case STATS_RUNTIME_JSON -> answer.tell(reply, StatusJson::runtime);
            case STATS_LINK_JSON -> answer.tell(reply, StatusJson::links);
            case STATS_QUEUE_JSON -> answer.tell(reply, StatusJson::queues);
            case STATS_PROCESS_JSON -> answer.tell(reply, StatusJson::processes);
            case STATS_RSQUEUE_JSON -> answer.onState(() -> new ResendQueueJson(reply).write(replicator.session()));
            case STATS -> answer.text(reply, StatusText::general);
            case STATS_CACHE -> answer.text(reply, StatusText::caches);
            case STATS_NETWORK -> answer.text(reply, StatusText::network);
            case STATS_RUNTIME -> answer.text(reply, (text, status) -> text.runtime(status.runtime()));
            case STATS_LINK -> answer.text(reply, StatusText::links);
            case STATS_QUEUE -> answer.text(reply, StatusText::queues);
            case STATS_RSQUEUE -> answer.onState(() -> new ResendQueueDump(replicator.session(), reply).write());
            case CT_DUMP_INTERNAL -> dumpInternal(reply, DumpStyle.INTERNAL_PLAIN);
            case CT_DUMP_INT_XML -> dumpInternal(reply, DumpStyle.INTERNAL_XML);
            case CT_DUMP_INT_JSON -> dumpInternal(reply, DumpStyle.INTERNAL_JSON);
            case CT_DUMP_EXT_JSON -> dumpExternal(reply, DumpStyle.EXTERNAL_JSON);
            case CT_DUMP_EXTERNAL -> dumpExternal(reply, DumpStyle.EXTERNAL_PLAIN);
            case CT_DUMP_EXT_XML -> dumpExternal(reply, DumpStyle.EXTERNAL_XML);
            case CT_COMMIT -> answer.whenDone(reply, replicator::commit);
            case ALL_COMMIT -> answer.whenDone(reply, replicator::commitAll);
            case CT_FLUSH_CACHE -> answer.atOnce(reply, replicator::flushCaches);
            case ALL_FLUSH_CACHE -> answer.atOnce(reply, replicator::flushAllCaches);
            case CT_FLUSH_INT_CACHE -> answer.atOnce(reply, replicator::flushInternal);
            case CT_FLUSH_EXT_CACHE -> answer.atOnce(reply, replicator::flushExternal);
            case CT_FLUSH_MASTER -> answer.whenDone(reply, replicator::flushKernel);
            case ALL_FLUSH_MASTER -> answer.whenDone(reply, replicator::flushKernelAll);
            case CT_RESYNC_MASTER -> answer.whenDone(reply, replicator::resyncFromKernel);
            case ALL_RESYNC_MASTER -> answer.whenDone(reply, replicator::resyncAllFromKernel);
            case SEND_BULK -> answer.atOnce(reply, replicator::sendBulk);
            case REQUEST_DUMP -> answer.atOnce(reply, replicator::requestResync);
            case RESET_TIMERS -> answer.atOnce(reply, replicator::schedulePurge);
            case PROMOTE -> answer.onState(() -> replicator.promote(result -> promoted(reply, result)));
            case DEMOTE -> answer.onState(() -> demote(reply));
            case STATS_FLOWS, STATS_FLOWS_JSON -> {
                reply.write("not of a daemon that replicates: its configuration has no `Stats' section\n");
                reply.finish();
            }
            default -> ofExpectations(request, reply);
        }
    }

    private void ofExpectations(ControlRequest request, ControlReply reply) {
        switch (request) {
            case EXP_STATS -> expectations.text(reply, StatusText::general);
            case EXP_STATS_JSON -> expectations.tell(reply, StatusJson::general);
            case EXP_DUMP_INT_JSON -> internalExpectations(reply, DumpStyle.INTERNAL_JSON);
            case EXP_DUMP_EXT_JSON -> externalExpectations(reply, DumpStyle.EXTERNAL_JSON);
            case EXP_DUMP_INTERNAL -> internalExpectations(reply, DumpStyle.INTERNAL_PLAIN);
            case EXP_DUMP_INT_XML -> internalExpectations(reply, DumpStyle.INTERNAL_XML);
            case EXP_DUMP_EXTERNAL -> externalExpectations(reply, DumpStyle.EXTERNAL_PLAIN);
            case EXP_DUMP_EXT_XML -> externalExpectations(reply, DumpStyle.EXTERNAL_XML);
            case EXP_COMMIT -> answer.whenDone(reply, replicator::commitExpectations);
            case EXP_FLUSH_MASTER -> answer.whenDone(reply, replicator::flushKernelExpectations);
            case EXP_RESYNC_MASTER -> answer.whenDone(reply, replicator::resyncExpectationsFromKernel);
            default -> reply.finish();
        }
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

    private void internalExpectations(ControlReply reply, DumpStyle style) {
        answer.expectations(reply, replicator.internalExpectations()::page, style);
    }

    private void externalExpectations(ControlReply reply, DumpStyle style) {
        answer.expectations(reply, replicator.externalExpectations()::page, style);
    }

    private void dumpExternal(ControlReply reply, DumpStyle style) {
        answer.flows(reply, replicator.external()::page, style);
    }

    private void dumpInternal(ControlReply reply, DumpStyle style) {
        replicator.bypass().ifPresentOrElse(
            bypass -> new KernelDump(bypass.view(), controlLoop, style, reply).start(),
            () -> answer.flows(reply, replicator.internal()::page, style));
    }
}
