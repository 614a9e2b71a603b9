/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.Status;
import org.statelink.control.ControlRequest;
import org.statelink.netlink.memory.KernelDouble;
import org.statelink.server.kernel.Flows;

/**
 * Flows of which the kernel tells little, from one kernel to the other: those that it handed to a flow table or to
 * hardware, whose timeout and state it does not say, those without a mark, and those of a protocol that nobody knows.
 */
class OffloadedFlowsTest {
    private static final int UNKNOWN_PROTOCOL = 253;
    private static final int ESTABLISHED = 3;
    private static final int CLOSE_WAIT = 5;

    @TempDir
    private Path directory;
    private final KernelDouble kernel = new KernelDouble();
    private DaemonPair pair;

    @BeforeEach
    void startBesideFlowsThatWereOffloadedBefore() throws Exception {
        kernel.traffic(offloaded(Flows.tcp(1), Status.OFFLOAD));
        kernel.traffic(offloaded(Flows.tcp(2), Status.OFFLOAD | Status.HW_OFFLOAD));
        pair = new DaemonPair(directory, "FTFW {", "FTFW {", kernel);
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    private static Conntrack offloaded(Conntrack flow, int status) {
        flow.setStatus(flow.status() | status);
        return flow;
    }

    private static Conntrack unknown(Conntrack flow) {
        flow.original().setProtocol(UNKNOWN_PROTOCOL);
        flow.forget(Field.PROTOCOL_STATE);
        return flow;
    }

    @Test
    void shouldCommitAsEstablishedWhatWasOffloadedBeforeTheStart() {
        pair.ask("b", ControlRequest.REQUEST_DUMP);
        commit(2);

        for (Conntrack flow : pair.kernelOfB.flows()) {
            assertThat(flow.protocol().state()).isEqualTo(ESTABLISHED);
            assertThat(flow.timeout()).isBetween(50, 60);
            assertThat(flow.status() & (Status.ASSURED | Status.OFFLOAD | Status.HW_OFFLOAD)).isEqualTo(Status.ASSURED);
        }
    }

    @Test
    void shouldKeepTheStateThatWasToldBeforeTheFlowWasOffloaded() {
        Conntrack flow = Flows.tcp(3);
        flow.protocol().setState(CLOSE_WAIT);
        kernel.traffic(flow);
        kernel.traffic(offloaded(flow, Status.OFFLOAD));
        pair.await(() -> pair.ask("b", ControlRequest.CT_DUMP_EXTERNAL).contains("[OFFLOAD]"));

        commit(1);

        assertThat(pair.kernelOfB.flows()).singleElement()
            .satisfies(committed -> assertThat(committed.protocol().state()).isEqualTo(CLOSE_WAIT));
    }

    @Test
    void shouldCarryProtocolsThatNobodyKnowsAndFlowsWithoutAMark() {
        Conntrack flow = unknown(Flows.tcp(0));
        kernel.traffic(flow);
        Conntrack offloaded = unknown(offloaded(Flows.tcp(0), Status.OFFLOAD));
        offloaded.original().setIpv4(0xcb007101, 0xcb007102);
        kernel.traffic(offloaded);

        commit(2);

        List<Conntrack> committed = pair.kernelOfB.flows();
        assertThat(committed).extracting(each -> each.original().protocol()).containsOnly(UNKNOWN_PROTOCOL);
        assertThat(committed).extracting(Conntrack::mark).containsOnly(0);
    }

    private void commit(int flows) {
        pair.await(() -> pair.external("b") == flows);
        pair.ask("b", ControlRequest.ALL_COMMIT);
        assertThat(pair.kernelOfB.size()).isEqualTo(flows);
    }
}
