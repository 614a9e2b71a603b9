/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.util.concurrent.Ticker;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.config.Stats;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.netlink.ConntrackEventType;
import org.statelink.server.cache.CacheCounter;
import org.statelink.server.cache.InternalCache;
import org.statelink.server.flowlog.FlowLog;
import org.statelink.server.flowlog.FlowLogs;
import org.statelink.server.kernel.Flows;
import org.statelink.server.system.Uptime;

class CollectedFlowsTest {
    private static final int FLOWS = 100;
    private static final int CYCLES = 500;
    private static final int QUEUE = 512;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Uptime uptime = new Uptime(Ticker.systemTicker());
    private final InternalCache cache = new InternalCache(1000, false, false);
    @TempDir
    private Path folder;
    private FlowLog log;
    private EndedFlows ended;
    private CollectedFlows collected;

    @BeforeEach
    void openLog() throws Exception {
        log = FlowLogs.open(new Stats(Optional.of(folder.resolve("log")), Optional.empty(), Optional.empty(), QUEUE,
            60));
        ended = new EndedFlows(60, log, uptime);
        collected = new CollectedFlows(cache, ended, uptime);
        cache.setSession(collected);
    }

    @AfterEach
    void close() {
        ended.close();
        cache.close();
    }

    private static Conntrack flow(int port) {
        Conntrack flow = Flows.tcp(port);
        flow.countersOriginal().set(6, 600);
        flow.mark(Field.COUNTERS_ORIGINAL);
        flow.countersReply().set(4, 5000);
        flow.mark(Field.COUNTERS_REPLY);
        return flow;
    }

    @Test
    void shouldAddUpWhatEndedFlowsCarried() {
        for (int port = 1; port <= 3; port++) {
            collected.onFlow(ConntrackEventType.NEW, flow(port), false);
        }
        collected.onFlow(ConntrackEventType.DESTROY, flow(1), false);
        collected.onFlow(ConntrackEventType.DESTROY, flow(2), true);
        collected.onFlow(ConntrackEventType.DESTROY, flow(4), false);

        FlowStatistics statistics = ended.snapshot();
        assertThat(statistics.totals()).containsExactly(new Total(6, 3, 2, 20, 11_200));
        assertThat(statistics.talkersByBytes()).singleElement()
            .extracting(Talker::address, Talker::weight).containsExactly("198.51.100.34", 11_200L);
        assertThat(statistics.talkersByFlows()).singleElement().extracting(Talker::weight).isEqualTo(2L);
        assertThat(cache.trafficBytes()).isEqualTo(11_200);
    }

    @Test
    void shouldLeaveAFlowAsItIsWhenItIsToldToBeNewAgain() {
        collected.onFlow(ConntrackEventType.NEW, flow(1), false);
        collected.onFlow(ConntrackEventType.NEW, flow(1), false);

        assertThat(cache.counters().get(CacheCounter.CREATED)).isEqualTo(1);
        assertThat(cache.counters().get(CacheCounter.DESTROYED)).isZero();
    }

    @Test
    void shouldAllocateNothing() {
        Conntrack[] flows = IntStream.range(1, 1 + FLOWS).mapToObj(CollectedFlowsTest::flow)
            .toArray(Conntrack[]::new);
        for (int i = 0; i < CYCLES; i++) {
            cycle(flows);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CYCLES; i++) {
            cycle(flows);
        }
        double perFlow = (double) (threads.getCurrentThreadAllocatedBytes() - before) / (CYCLES * FLOWS);
        System.out.println("bytes per flow that came and went: " + perFlow);
        assertThat(perFlow).isLessThan(0.1);
        log.close();
        assertThat(log.figures().written() + log.figures().dropped()).isEqualTo(2L * CYCLES * FLOWS);
    }

    private void cycle(Conntrack[] flows) {
        for (Conntrack flow : flows) {
            collected.onFlow(ConntrackEventType.NEW, flow, false);
        }
        for (Conntrack flow : flows) {
            collected.onFlow(ConntrackEventType.UPDATE, flow, false);
        }
        for (Conntrack flow : flows) {
            collected.onFlow(ConntrackEventType.DESTROY, flow, false);
        }
        collected.onBurstEnd();
    }
}
