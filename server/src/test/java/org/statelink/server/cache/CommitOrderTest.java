/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;
import org.statelink.sync.protocol.MessageType;

class CommitOrderTest {
    private static final int SYN_SENT = 1;
    private static final int ESTABLISHED = 3;
    private static final int FIN_WAIT = 4;
    private static final int TIME_WAIT = 7;
    private static final int STAYING = 3000;

    private final ExternalCache cache = new ExternalCache(100_000);
    private final CommitOrder<Conntrack> order = cache.commitOrder();

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void shouldTakeEstablishedFlowsFirstThenAnsweredOnes() {
        tell(tcp(1, TIME_WAIT));
        tell(tcp(2, ESTABLISHED));
        tell(tcp(3, SYN_SENT));
        tell(udp(4, Status.ASSURED | Status.SEEN_REPLY));
        tell(udp(5, 0));
        tell(udp(7, Status.SEEN_REPLY));
        tell(tcp(8, FIN_WAIT));
        Conntrack offloaded = tcp(6, ESTABLISHED);
        offloaded.forget(Field.PROTOCOL_STATE);
        offloaded.setStatus(offloaded.status() | Status.OFFLOAD);
        tell(offloaded);

        assertThat(commit()).containsExactly(6, 4, 2, 8, 7, 5, 3, 1);
    }

    @Test
    void shouldFollowAFlowFromStateToState() {
        tell(tcp(1, SYN_SENT));
        tell(tcp(2, ESTABLISHED));
        tell(MessageType.CT_UPDATE, tcp(1, ESTABLISHED));
        tell(MessageType.CT_UPDATE, tcp(2, TIME_WAIT));
        assertThat(commit()).containsExactly(1, 2);

        tell(tcp(1, SYN_SENT));
        assertThat(commit()).containsExactly(2, 1);
    }

    @Test
    void shouldTakeAMasterBeforeWhatBelongsToIt() {
        tell(related(1, 2));
        tell(tcp(2, TIME_WAIT));
        tell(tcp(3, TIME_WAIT));
        tell(related(4, 1));

        assertThat(commit()).containsExactly(2, 1, 4, 3);
    }

    @Test
    void shouldLookForAMasterInTheFlowsOwnZone() {
        Conntrack inZone = related(1, 2);
        inZone.setZone(7);
        tell(inZone);
        tell(tcp(2, TIME_WAIT));
        Conntrack master = tcp(2, TIME_WAIT);
        master.setZone(7);
        tell(master);

        assertThat(commit()).containsExactly(2, 1, 2);
    }

    @Test
    void shouldTakeWhatHasNoMasterHereAsItComes() {
        tell(related(1, 99));
        tell(tcp(2, ESTABLISHED));

        assertThat(commit()).containsExactly(2, 1);
    }

    @Test
    void shouldTakeEachOnceThoughMastersFormACircle() {
        int circle = 12;
        for (int i = 0; i < circle; i++) {
            tell(related(i, (i + 1) % circle));
        }
        tell(related(circle, circle));

        assertThat(commit()).containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(0, circle).boxed().toList());
    }

    @Test
    void shouldTakeAMasterOnItsOwnPageWhereOneIsFull() {
        for (int i = 0; i < 400; i++) {
            tell(TestFlows.withLabels(i % 2 == 0 ? tcp(i, ESTABLISHED) : related(i, i - 1), 100));
        }
        List<Integer> taken = commit();

        assertThat(taken).doesNotHaveDuplicates().hasSize(400);
        for (int i = 0; i < 400; i += 2) {
            assertThat(taken.indexOf(i)).isLessThan(taken.indexOf(i + 1));
        }
    }

    @Test
    void shouldTakeEverythingAgainWithEachCommit() {
        tell(related(1, 2));
        tell(tcp(2, TIME_WAIT));
        for (int i = 0; i < 600; i++) {
            assertThat(commit()).containsExactly(2, 1);
        }
    }

    @Test
    void shouldTakeWhatStaysExactlyOnceWhateverIsTold() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2 * STAYING; i++) {
            tell(random.nextInt(10) == 0 && i > 0 ? related(i, random.nextInt(i)) : tcp(i, 1 + random.nextInt(8)));
        }
        List<Integer> taken = commit(() -> disturb(random));

        assertThat(taken.stream().filter(port -> port < STAYING)).doesNotHaveDuplicates().hasSize(STAYING);
    }

    /** Lets some get from state to state, and others come and go. */
    private void disturb(Random random) {
        for (int i = 0; i < 100; i++) {
            Conntrack change = tcp(random.nextInt(STAYING), 1 + random.nextInt(8));
            tell(MessageType.CT_UPDATE, TestFlows.withLabels(change, 1 + random.nextInt(40)));
            tell(MessageType.CT_DELETE, tcp(STAYING + random.nextInt(STAYING), 1));
            tell(tcp(STAYING + random.nextInt(STAYING), 1 + random.nextInt(8)));
        }
    }

    private List<Integer> commit() {
        return commit(() -> { });
    }

    private List<Integer> commit(Runnable betweenPages) {
        List<Integer> taken = new ArrayList<>();
        FlowPage page = new FlowPage(1);
        Conntrack flow = new Conntrack();
        order.begin();
        for (boolean more = true; more;) {
            more = order.page(page);
            while (page.next(flow)) {
                taken.add(flow.original().sourcePort());
            }
            betweenPages.run();
        }
        return taken;
    }

    private void tell(Conntrack flow) {
        tell(MessageType.CT_NEW, flow);
    }

    private void tell(int type, Conntrack flow) {
        cache.apply(type, 1, flow, 0);
    }

    private static Conntrack tcp(int port, int state) {
        Conntrack flow = TestFlows.tcp(port);
        flow.protocol().setState(state);
        flow.mark(Field.PROTOCOL_STATE);
        return flow;
    }

    private static Conntrack udp(int port, int status) {
        Conntrack flow = TestFlows.tcp(port);
        flow.forget(Field.PROTOCOL_STATE);
        flow.original().setProtocol(IpProtocol.UDP);
        flow.setStatus(Status.CONFIRMED | status);
        return flow;
    }

    /** An established flow that belongs to the one with the port {@code masterPort}. */
    private static Conntrack related(int port, int masterPort) {
        Conntrack flow = tcp(port, ESTABLISHED);
        flow.master().set(tcp(masterPort, ESTABLISHED).original());
        return flow;
    }
}
