/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.statelink.server.kernel.TableRepair.Reason;

/** However many reasons there are to read the kernel's tables, they are read once. */
class TableRepairTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final KernelCounters counters = new KernelCounters();
    private final List<Promise<Long>> whole = new ArrayList<>();
    private final List<Promise<Long>> begun = new ArrayList<>();
    private final List<Integer> repaired = new ArrayList<>();
    private final TableRepair repair =
        new TableRepair(loop.eventLoop(), counters, () -> reading(whole), () -> reading(begun));

    TableRepairTest() {
        loop.freezeTime();
        repair.onOverrunRepaired(() -> repaired.add(1));
    }

    private Future<Long> reading(List<Promise<Long>> readings) {
        Promise<Long> reading = loop.eventLoop().newPromise();
        readings.add(reading);
        return reading;
    }

    private void pass(long nanos) {
        loop.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
        loop.runScheduledPendingTasks();
    }

    @Test
    void shouldReadOnceAfterACommit() {
        repair.request(Reason.COMMIT, SECOND);
        pass(SECOND - 1);
        assertThat(begun).isEmpty();

        pass(1);
        pass(10 * SECOND);

        assertThat(begun).hasSize(1);
        assertThat(whole).isEmpty();
        assertThat(counters.snapshot().catchUps()).isEqualTo(1);
        assertThat(counters.snapshot().resyncs()).isZero();
    }

    @Test
    void shouldReadOnceForACommitAndAnOverrun() {
        repair.request(Reason.COMMIT, SECOND);
        repair.request(Reason.OVERRUN, SECOND);
        pass(10 * SECOND);

        assertThat(whole).as("which finds what began as well").hasSize(1);
        assertThat(begun).isEmpty();
        assertThat(counters.snapshot().resyncs()).isEqualTo(1);
        assertThat(counters.snapshot().catchUps()).isZero();
        assertThat(repaired).isEmpty();
        whole.getFirst().setSuccess(1L);
        assertThat(repaired).hasSize(1);
    }

    @Test
    void shouldServeAResyncWithTheReadingThatIsDue() {
        repair.request(Reason.COMMIT, SECOND);

        assertThat(repair.join()).containsSame(begun.getFirst());
        pass(10 * SECOND);

        assertThat(begun).hasSize(1);
    }

    @Test
    void shouldServeAResyncWithTheReadingThatIsUnderWay() {
        repair.request(Reason.COMMIT, 0);
        pass(1);

        assertThat(repair.join()).containsSame(begun.getFirst());
        begun.getFirst().setSuccess(1L);
        assertThat(repair.join()).as("which has ended").isEmpty();
    }

    @Test
    void shouldLeaveAResyncThatNothingServesToItself() {
        repair.request(Reason.OVERRUN, SECOND);

        assertThat(repair.join()).isEmpty();
        assertThat(repair.isDue(Reason.OVERRUN)).isTrue();
    }

    @Test
    void shouldNotCatchUpWithCachesThatWereEmptied() {
        repair.request(Reason.COMMIT, 0);
        pass(1);
        repair.request(Reason.COMMIT, SECOND);

        repair.forget();
        pass(10 * SECOND);

        assertThat(begun).hasSize(1);
        assertThat(repair.join()).as("what is under way began before").isEmpty();
    }

    @Test
    void shouldRepairAnOverrunThoughTheCachesWereEmptied() {
        repair.request(Reason.COMMIT, SECOND);
        repair.request(Reason.OVERRUN, SECOND);

        repair.forget();
        pass(SECOND);

        assertThat(whole).hasSize(1);
    }

    @Test
    void shouldReadNoMoreWhenItIsClosed() {
        repair.request(Reason.COMMIT, SECOND);
        repair.request(Reason.OVERRUN, SECOND);

        repair.close();
        pass(10 * SECOND);

        assertThat(whole).isEmpty();
        assertThat(begun).isEmpty();
    }
}
