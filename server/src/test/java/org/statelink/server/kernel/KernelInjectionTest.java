/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Expectation;
import org.statelink.conntrack.Status;
import org.statelink.conntrack.netlink.ConntrackClient;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.system.Uptime;
import org.statelink.sync.protocol.MessageType;

class KernelInjectionTest {
    private final EventLoop state = new DefaultEventLoop();
    private final EventLoop kernelLoop = new DefaultEventLoop();
    private final KernelDouble kernel = new KernelDouble();
    private final List<Boolean> receiving = new ArrayList<>();
    private KernelInjection injection;

    @BeforeEach
    void open() throws Exception {
        ConntrackClient client = ConntrackClient.open(kernel, kernelLoop).get();
        injection = new KernelInjection(client, new CommitPreparation(0, false), new ExpectationPreparation(0), state,
            new Uptime(Ticker.systemTicker()), receiving::add);
    }

    @AfterEach
    void close() throws Exception {
        state.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
        kernelLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
    }

    @Test
    void shouldCreateUpdateAndDelete() throws Exception {
        Conntrack changed = Flows.tcp(1);
        changed.setMark(9);
        tell(MessageType.CT_NEW, Flows.tcp(1), Flows.tcp(2));
        tell(MessageType.CT_UPDATE, changed);
        tell(MessageType.CT_DELETE, Flows.tcp(2));

        await(() -> counters().destroyed() == 1);
        assertThat(counters()).isEqualTo(new InjectCounters.Snapshot(2, 0, 1, 0, 1, 0));
        assertThat(kernel.flows()).singleElement().satisfies(flow -> assertThat(flow.mark()).isEqualTo(9));
        assertThat(kernel.flows().getFirst().timeout()).isBetween(290, 300);
    }

    @Test
    void shouldReplaceWhatExistsThoughItIsNew() throws Exception {
        kernel.traffic(Flows.tcp(1));
        int before = kernel.flows().getFirst().id();

        tell(MessageType.CT_NEW, Flows.tcp(1));

        await(() -> counters().created() == 1);
        assertThat(kernel.flows()).singleElement().satisfies(flow -> assertThat(flow.id()).isNotEqualTo(before));
    }

    @Test
    void shouldCreateWhatIsToBeUpdatedButMissing() throws Exception {
        tell(MessageType.CT_UPDATE, Flows.tcp(1));

        await(() -> counters().updated() == 1);
        assertThat(kernel.size()).isEqualTo(1);
    }

    @Test
    void shouldReplaceWhatCannotBeUpdated() throws Exception {
        kernel.traffic(Flows.tcp(1));
        Conntrack unassured = Flows.tcp(1);
        unassured.setStatus(Status.CONFIRMED);

        tell(MessageType.CT_UPDATE, unassured);

        await(() -> counters().updated() == 1);
        assertThat(kernel.flows()).singleElement()
            .satisfies(flow -> assertThat(flow.status() & Status.ASSURED).isZero());
    }

    @Test
    void shouldUpdateAFlowThatHasAMasterInPlace() throws Exception {
        tell(MessageType.CT_NEW, Flows.tcp(1), Flows.related(2, 1));
        await(() -> counters().created() == 2);
        int id = kernel.flows().get(1).id();
        Conntrack changed = Flows.related(2, 1);
        changed.setMark(9);

        tell(MessageType.CT_UPDATE, changed);

        await(() -> counters().updated() == 1);
        assertThat(kernel.flows().get(1).mark()).isEqualTo(9);
        assertThat(kernel.flows().get(1).id()).isEqualTo(id);
    }

    @Test
    void shouldCreateAFlowAfterItsMasterThatWasToBeUpdated() throws Exception {
        state.submit(() -> {
            injection.add(MessageType.CT_UPDATE, Flows.tcp(1));
            injection.add(MessageType.CT_NEW, Flows.related(2, 1));
            injection.add(MessageType.CT_NEW, Flows.related(4, 3));
        }).get();

        await(() -> counters().createFailed() == 1);
        assertThat(counters()).isEqualTo(new InjectCounters.Snapshot(1, 1, 1, 0, 0, 0));
    }

    @Test
    void shouldNotMindTheEndOfWhatIsUnknown() throws Exception {
        tell(MessageType.CT_DELETE, Flows.tcp(1));
        tell(MessageType.CT_NEW, Flows.tcp(2));

        await(() -> counters().created() == 1);
        assertThat(counters()).isEqualTo(new InjectCounters.Snapshot(1, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldCountWhatTheKernelRefusesAndGoOn() throws Exception {
        kernel.setLimit(1);
        tell(MessageType.CT_NEW, Flows.tcp(1), Flows.tcp(2), Flows.tcp(3));
        tell(MessageType.CT_UPDATE, Flows.tcp(4));
        await(() -> counters().updateFailed() == 1);
        tell(MessageType.CT_DELETE, Flows.tcp(1));

        await(() -> counters().destroyed() == 1);
        assertThat(counters()).isEqualTo(new InjectCounters.Snapshot(1, 2, 0, 1, 1, 0));
    }

    @Test
    void shouldKeepTheOrderOfEachFlow() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Integer, Integer> expected = new HashMap<>();
        for (int round = 0; round < 40; round++) {
            List<Runnable> burst = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Conntrack flow = Flows.tcp(1 + random.nextInt(30));
                int mark = 1 + random.nextInt(1_000_000);
                flow.setMark(mark);
                int type = random.nextInt(3);
                if (type == MessageType.CT_DELETE) {
                    expected.remove(flow.original().sourcePort());
                } else {
                    expected.put(flow.original().sourcePort(), mark);
                }
                burst.add(() -> injection.add(type, flow));
            }
            state.submit(() -> burst.forEach(Runnable::run)).get();
        }
        tell(MessageType.CT_NEW, Flows.tcp(1000));

        // the page that brings the last flow may have others that it goes through again
        expected.put(1000, 0);
        System.out.println("seed " + seed);
        await(() -> marks().equals(expected));
        assertThat(counters().createFailed() + counters().updateFailed() + counters().destroyFailed()).isZero();
    }

    @Test
    void shouldAskForAPauseWhenManyWait() throws Exception {
        state.submit(() -> {
            for (int port = 1; port <= 20_000; port++) {
                injection.add(MessageType.CT_NEW, Flows.tcp(port));
            }
        }).get();

        await(() -> counters().created() == 20_000);
        await(() -> state.submit(() -> receiving.size() == 2).syncUninterruptibly().getNow());
        assertThat(receiving).containsExactly(false, true);
    }

    private Map<Integer, Integer> marks() {
        Map<Integer, Integer> marks = new HashMap<>();
        kernel.flows().forEach(flow -> marks.put(flow.original().sourcePort(), flow.mark()));
        return marks;
    }

    private void tell(int type, Conntrack... flows) throws Exception {
        state.submit(() -> {
            for (Conntrack flow : flows) {
                injection.add(type, flow);
            }
        }).get();
    }

    @Test
    void shouldCreateReplaceAndDeleteExpectations() throws Exception {
        Expectation expectation = Expectations.translated(Expectations.of(1, 20008));
        // in one page, where the expectation is tried before its master is there a second time
        state.submit(() -> {
            injection.add(MessageType.CT_NEW, Expectations.master(1, "ftp"));
            injection.add(MessageType.EXP_NEW, expectation);
        }).get();
        await(() -> kernel.expectations().size() == 1);
        state.submit(() -> injection.add(MessageType.EXP_UPDATE, expectation)).get();
        await(() -> injection.expectationCounters().snapshot().updated() == 1);
        assertThat(kernel.expectations()).hasSize(1);
        state.submit(() -> injection.add(MessageType.EXP_DELETE, expectation)).get();
        await(() -> kernel.expectations().isEmpty());
        await(() -> injection.expectationCounters().snapshot().destroyed() == 1);
        assertThat(injection.expectationCounters().snapshot())
            .isEqualTo(new InjectCounters.Snapshot(1, 0, 1, 0, 1, 0));
        assertThat(counters().created()).isOne();
    }

    private InjectCounters.Snapshot counters() {
        return injection.counters().snapshot();
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(() -> "waited too long: " + counters()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
