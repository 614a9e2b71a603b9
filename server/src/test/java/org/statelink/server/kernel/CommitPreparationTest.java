/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.statelink.conntrack.Conntrack;
import org.statelink.conntrack.Field;
import org.statelink.conntrack.IpProtocol;
import org.statelink.conntrack.Status;

class CommitPreparationTest {
    private final CommitPreparation plain = new CommitPreparation(0, false);
    private final Conntrack flow = new Conntrack();

    @BeforeEach
    void tcpFlow() {
        flow.original().setIpv4(0xc6336422, 0xc6336432);
        flow.original().setProtocol(IpProtocol.TCP);
        flow.setTimeout(100);
        flow.setStatus(Status.ASSURED);
        flow.protocol().setState(3);
        flow.mark(Field.PROTOCOL_STATE);
    }

    @Test
    void shouldGiveWhatIsLeftOfTheTimeout() {
        plain.prepare(flow, 30);
        assertThat(flow.timeout()).isEqualTo(70);
    }

    @Test
    void shouldGiveAMinuteToAFlowWhoseTimeIsUpOrUnknown() {
        plain.prepare(flow, 101);
        assertThat(flow.timeout()).isEqualTo(60);

        flow.forget(Field.TIMEOUT);
        plain.prepare(flow, 0);
        assertThat(flow.timeout()).isEqualTo(60);
    }

    @Test
    void shouldGiveTheConfiguredTimeout() {
        new CommitPreparation(180, false).prepare(flow, 30);
        assertThat(flow.timeout()).isEqualTo(180);
    }

    @Test
    void shouldConfirmAndLeaveOutWhatTheKernelRefuses() {
        flow.setStatus(Status.EXPECTED | Status.ASSURED | Status.SRC_NAT_DONE | Status.DYING);
        plain.prepare(flow, 0);
        assertThat(flow.status()).isEqualTo(Status.ASSURED | Status.SRC_NAT_DONE | Status.CONFIRMED);
    }

    @Test
    void shouldBeLiberalUnlessWindowsAreTracked() {
        plain.prepare(flow, 0);
        assertThat(flow.protocol().flagsOriginal()).isEqualTo(0x08);
        assertThat(flow.protocol().flagsMaskReply()).isEqualTo(0x08);

        flow.forget(Field.TCP_FLAGS);
        new CommitPreparation(0, true).prepare(flow, 0);
        assertThat(flow.has(Field.TCP_FLAGS)).isFalse();
    }

    @Test
    void shouldFlagWindowScalesSoThatTheKernelKeepsThem() {
        flow.protocol().setWindowScales(7, 8);
        flow.mark(Field.TCP_WINDOW_SCALE);
        new CommitPreparation(0, true).prepare(flow, 0);
        assertThat(flow.protocol().flagsReply()).isEqualTo(0x01);
    }

    /** As with conntrackd: it sends zeros for connections without scales too. */
    @Test
    void shouldFlagNoWindowScalesOfZero() {
        flow.mark(Field.TCP_WINDOW_SCALE);
        new CommitPreparation(0, true).prepare(flow, 0);
        assertThat(flow.has(Field.TCP_FLAGS)).isFalse();
    }

    @Test
    void shouldTakeOffloadedTcpWhoseStateIsNotToldForEstablished() {
        flow.forget(Field.PROTOCOL_STATE);
        plain.prepare(flow, 0);
        assertThat(flow.has(Field.PROTOCOL_STATE)).isFalse();

        flow.setStatus(Status.OFFLOAD | Status.HW_OFFLOAD);
        plain.prepare(flow, 0);
        assertThat(flow.protocol().state()).isEqualTo(3);
        assertThat(flow.protocol().flagsOriginal()).isEqualTo(0x08);
        assertThat(flow.status()).isEqualTo(Status.CONFIRMED);
    }

    @Test
    void shouldForgetPortTranslationOfIcmp() {
        flow.original().setProtocol(IpProtocol.ICMP);
        flow.mark(Field.SNAT_PORT);
        plain.prepare(flow, 0);
        assertThat(flow.has(Field.SNAT_PORT)).isFalse();
    }
}
