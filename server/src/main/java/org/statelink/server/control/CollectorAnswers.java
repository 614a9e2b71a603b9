/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.control;

import io.netty.channel.EventLoop;
import java.util.function.LongSupplier;
import org.statelink.control.ControlReply;
import org.statelink.control.ControlRequest;
import org.statelink.control.ControlService;
import org.statelink.server.control.DaemonStatus.CacheFigures;
import org.statelink.server.control.DaemonStatus.RuntimeFigures;
import org.statelink.server.control.DaemonStatus.Traffic;
import org.statelink.server.statistics.Collector;

/**
 * Answers the control socket of a daemon that collects statistics. What concerns replication gets an empty answer, and
 * so does {@code -f} without a word, as with conntrackd.
 */
public final class CollectorAnswers implements ControlService {
    private final Collector collector;
    private final Answering<CollectorStatus> answer;

    /** Answers for the collector; {@code readsFailed} counts clients that left without a request, on any thread. */
    public CollectorAnswers(Collector collector, EventLoop controlLoop, LongSupplier readsFailed) {
        this.collector = collector;
        answer = new Answering<>(collector.loop(), controlLoop, collector.uptime(), () -> new CollectorStatus(
            CacheFigures.of("stats", collector.cache().counters()), Traffic.of(collector.cache()),
            RuntimeFigures.of(collector.uptime(), collector.kernel(), readsFailed.getAsLong()),
            collector.statistics()));
    }

    @Override
    public void handle(ControlRequest request, ControlReply reply) {
        switch (request) {
            case STATS -> answer.text(reply, (text, status) -> text.cache(status.cache()).traffic(status.traffic()));
            case STATS_CACHE -> answer.text(reply, (text, status) -> text.cacheDetails(status.cache()));
            case STATS_RUNTIME -> answer.text(reply, (text, status) -> text.runtime(status.runtime()));
            case STATS_FLOWS -> answer.tell(reply, status -> FlowStatisticsText.of(status.flows()));
            case STATS_FLOWS_JSON -> answer.tell(reply, status -> FlowStatisticsJson.of(status.flows()));
            case CT_DUMP_INTERNAL -> answer.dump(reply, collector.cache()::page, EntryFormat.INTERNAL_PLAIN);
            case CT_DUMP_INT_XML -> answer.dump(reply, collector.cache()::page, EntryFormat.INTERNAL_XML);
            case CT_FLUSH_CACHE, CT_FLUSH_INT_CACHE -> answer.atOnce(reply, collector::flushCache);
            case CT_FLUSH_MASTER, ALL_FLUSH_MASTER -> answer.whenDone(reply, collector::flushKernel);
            case CT_RESYNC_MASTER, ALL_RESYNC_MASTER -> answer.whenDone(reply, collector.kernel()::resync);
            default -> reply.finish();
        }
    }
}
