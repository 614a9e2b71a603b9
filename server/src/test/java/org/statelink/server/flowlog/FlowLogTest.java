/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.flowlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.statelink.server.kernel.Flows;

class FlowLogTest {
    private final Recorder recorder = new Recorder();

    private FlowLog log(int queueLength) {
        return new FlowLog(queueLength, List.of(new LogTarget(new EntryOnly(), recorder)), InstantSource.system());
    }

    @Test
    void shouldWriteEveryFlowBeforeItEnds() {
        FlowLog log = log(100);
        for (int port = 1; port <= 100; port++) {
            log.add(Flows.tcp(port), EndReason.CLOSED);
        }
        log.close();

        assertThat(recorder.lines).hasSize(100).last().asString().contains("sport=100 ");
        assertThat(recorder.closed).isTrue();
        assertThat(log.figures()).isEqualTo(new FlowLogFigures(1, 0, 0, 100, 0));
    }

    @Test
    void shouldCountWhatFindsTheQueueFullAndNotWait() {
        recorder.stuck = new CountDownLatch(1);
        FlowLog log = log(10);
        for (int port = 1; port <= 1000; port++) {
            log.add(Flows.tcp(port), EndReason.CLOSED);
        }
        assertThat(log.figures().dropped()).isBetween(989L, 990L);
        recorder.stuck.countDown();
        log.close();

        assertThat(recorder.lines.size() + log.figures().dropped()).isEqualTo(1000);
    }

    @Test
    void shouldNeedNoThreadWithoutAPlaceToLogTo() {
        FlowLog log = new FlowLog(1, List.of(), InstantSource.system());
        log.add(Flows.tcp(1), EndReason.CLOSED);
        log.add(Flows.tcp(2), EndReason.CLOSED);
        log.flush();
        log.close();
        assertThat(log.figures()).isEqualTo(new FlowLogFigures(0, 0, 0, 0, 0));
    }

    private static final class Recorder implements LineSink {
        private final List<String> lines = new ArrayList<>();
        private CountDownLatch stuck = new CountDownLatch(0);
        private final LineCount count = new LineCount();
        private boolean closed;

        @Override
        public void add(CharSequence line, long nowMillis) {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            lines.add(line.toString());
            count.addWritten(1);
        }

        @Override
        public void tick(long nowMillis) {
        }

        @Override
        public LineCount count() {
            return count;
        }

        @Override
        public void close(long nowMillis) {
            closed = true;
        }
    }
}
