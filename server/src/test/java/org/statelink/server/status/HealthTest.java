/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.server.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.statelink.server.status.StatusSample.idleLink;
import static org.statelink.server.status.StatusSample.link;
import static org.statelink.server.status.StatusSample.peer;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.statelink.server.status.DaemonStatus.CacheFigures;
import org.statelink.server.status.Health.Level;

class HealthTest {
    @Test
    void shouldBeWell() {
        assertThat(Health.of(new StatusSample().build())).isEqualTo(new Health(Level.OK, List.of()));
    }

    @Test
    void shouldFailWhenTheOnlyPeerIsSilent() {
        Health health = Health.of(new StatusSample().peers(peer("10.0.0.2", 7_100, false)).build());
        assertThat(health.level()).isEqualTo(Level.FAILED);
        assertThat(health.reasons()).containsExactly("peer 10.0.0.2 has been silent for 7 s");
    }

    @Test
    void shouldBeWeakenedWhenOneOfSeveralPeersIsSilent() {
        Health health = Health.of(new StatusSample().peers(peer("10.0.0.2", 7_100, false),
            peer("10.0.0.3", 100, true)).build());
        assertThat(health.level()).isEqualTo(Level.DEGRADED);
        assertThat(health.reasons()).hasSize(1);
    }

    @Test
    void shouldForgetAPeerThatLeftForGoodBesideALivingOne() {
        assertThat(Health.of(new StatusSample().peers(peer("10.0.0.2", 3_600_000, false),
            peer("10.0.0.3", 100, true)).build()).level()).isEqualTo(Level.OK);
        assertThat(Health.of(new StatusSample().peers(peer("10.0.0.2", 3_600_000, false)).build()).level())
            .isEqualTo(Level.FAILED);
    }

    @Test
    void shouldBeWeakenedWithoutAnyPeer() {
        assertThat(Health.of(new StatusSample().peers().build()).level()).isEqualTo(Level.DEGRADED);
    }

    @Test
    void shouldNotMindSilenceInTheModeOfTimers() {
        assertThat(Health.of(new StatusSample().mode("ALARM").peers(peer("10.0.0.2", 60_000, false)).build()).level())
            .isEqualTo(Level.OK);
    }

    @Test
    void shouldFailWhenStatesAreKnownToBeMissing() {
        assertThat(Health.of(new StatusSample().losses(4, 0).build()).reasons())
            .containsExactly("up to 4 states of the peers are missing here; conntrackd -n asks for them");
        assertThat(Health.of(new StatusSample().losses(0, 5).build()).reasons())
            .containsExactly("up to 5 states of this node are missing at a peer; conntrackd -B sends them");
        assertThat(Health.of(new StatusSample().withUnrepairedEvents().build()).level()).isEqualTo(Level.FAILED);
    }

    @Test
    void shouldTellOfLinks() {
        assertThat(Health.of(new StatusSample().links(link("e1", "RUNNING", true), idleLink("e2", "DOWN")).build()))
            .isEqualTo(new Health(Level.DEGRADED, List.of("the dedicated link on e2 is DOWN")));
        assertThat(Health.of(new StatusSample().links(link("e1", "NO-CARRIER", true)).build()))
            .isEqualTo(new Health(Level.FAILED, List.of("no dedicated link is up")));
    }

    @Test
    void shouldTellOfFullTables() {
        assertThat(Health.of(new StatusSample().internal(new CacheFigures("internal", 9, 10, 0, 0, 0, 0, 10)).build()))
            .isEqualTo(new Health(Level.FAILED,
                List.of("the internal cache is full: raise HashLimit 10")));
        assertThat(Health.of(new StatusSample().table(94, 100).build()).level()).isEqualTo(Level.OK);
        assertThat(Health.of(new StatusSample().table(95, 100).build()).level()).isEqualTo(Level.DEGRADED);
    }

    @Test
    void shouldTellTheWorstFirst() {
        Health health = Health.of(new StatusSample().table(95, 100).losses(1, 0).build());
        assertThat(health.level()).isEqualTo(Level.FAILED);
        assertThat(health.reasons()).hasSize(2);
        assertThat(health.reasons().getFirst()).contains("missing here");
    }
}
