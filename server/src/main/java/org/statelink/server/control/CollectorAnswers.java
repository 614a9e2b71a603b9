/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import io.netty.channel.EventLoop;
import org.statelink.control.ControlReply;
import org.statelink.control.ControlRequest;
import org.statelink.control.ControlService;
import org.statelink.server.statistics.Collector;
import org.statelink.server.status.CollectorJson;
import org.statelink.server.status.CollectorSource;
import org.statelink.server.status.CollectorStatus;
import org.statelink.server.status.FlowStatisticsJson;
import org.statelink.server.status.FlowStatisticsText;
import org.statelink.server.status.StatusText;

/**
 * Answers the control socket of a daemon that collects statistics. What concerns replication gets an empty answer, and
 * so does {@code -f} without a word, as with conntrackd.
 */
public final class CollectorAnswers implements ControlService {
    private final Collector collector;
    private final Answering<CollectorStatus> answer;

    /** Answers for the collector; {@code status} tells how it is. */
    public CollectorAnswers(Collector collector, CollectorSource status, EventLoop controlLoop) {
        this.collector = collector;
        answer = new Answering<>(collector.loop(), controlLoop, collector.uptime(), status::ask);
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) {
        switch (request) {
            case STATS -> answer.text(reply, StatusText::general);
            case STATS_CACHE -> answer.text(reply, StatusText::caches);
            case STATS_RUNTIME -> answer.text(reply, (text, status) -> text.runtime(status.runtime()));
            case STATS_JSON -> answer.tell(reply, CollectorJson::general);
            case STATS_CACHE_JSON -> answer.tell(reply, CollectorJson::caches);
            case STATS_RUNTIME_JSON -> answer.tell(reply, CollectorJson::runtime);
            case STATS_FLOWS -> answer.tell(reply, status -> FlowStatisticsText.of(status.flows()));
            case STATS_FLOWS_JSON -> answer.tell(reply, status -> FlowStatisticsJson.of(status.flows()));
            case CT_DUMP_INTERNAL -> answer.flows(reply, collector.cache()::page, DumpStyle.INTERNAL_PLAIN);
            case CT_DUMP_INT_XML -> answer.flows(reply, collector.cache()::page, DumpStyle.INTERNAL_XML);
            case CT_DUMP_INT_JSON -> answer.flows(reply, collector.cache()::page, DumpStyle.INTERNAL_JSON);
            case CT_FLUSH_CACHE, CT_FLUSH_INT_CACHE -> answer.atOnce(reply, collector::flushCache);
            case CT_FLUSH_MASTER, ALL_FLUSH_MASTER -> answer.whenDone(reply, collector::flushKernel);
            case CT_RESYNC_MASTER, ALL_RESYNC_MASTER -> answer.whenDone(reply, collector.kernel()::resync);
            default -> doNothing(request, reply);
        }
    }

    private static void doNothing(ControlRequest request, ControlReply reply) {
        if (request.isOurs()) {
            reply.write("not of a daemon that collects statistics: its configuration has no `Sync' section\n");
        }
        reply.finish();
    }
}
